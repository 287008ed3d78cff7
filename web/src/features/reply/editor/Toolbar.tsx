import type { Editor } from '@tiptap/core'
import { useEditorState } from '@tiptap/react'
import {
  Bold,
  Code,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  TextQuote,
} from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './Editor.module.css'

const marks = [
  'bold',
  'italic',
  'link',
  'bulletList',
  'orderedList',
  'blockquote',
  'codeBlock',
] as const
type Mark = (typeof marks)[number]

interface Tool {
  mark: Mark
  icon: LucideIcon
  label: string
  keys?: string
  run: () => void
}

export function Toolbar({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  const active = useEditorState({
    editor,
    selector: ({ editor: current }) =>
      Object.fromEntries(marks.map((mark) => [mark, current.isActive(mark)])),
  })
  const chain = () => editor.chain().focus()

  function link() {
    const old: unknown = editor.getAttributes('link').href
    const href = window.prompt(t('reply.linkPrompt'), typeof old === 'string' ? old : 'https://')
    if (href === null) return
    if (href.trim() === '') chain().extendMarkRange('link').unsetLink().run()
    else chain().extendMarkRange('link').setLink({ href: href.trim() }).run()
  }

  const tools: Tool[] = [
    {
      mark: 'bold',
      icon: Bold,
      label: t('reply.bold'),
      keys: '$mod+b',
      run: () => chain().toggleBold().run(),
    },
    {
      mark: 'italic',
      icon: Italic,
      label: t('reply.italic'),
      keys: '$mod+i',
      run: () => chain().toggleItalic().run(),
    },
    { mark: 'link', icon: Link, label: t('reply.link'), run: link },
    {
      mark: 'bulletList',
      icon: List,
      label: t('reply.list'),
      run: () => chain().toggleBulletList().run(),
    },
    {
      mark: 'orderedList',
      icon: ListOrdered,
      label: t('reply.ordered'),
      run: () => chain().toggleOrderedList().run(),
    },
    {
      mark: 'blockquote',
      icon: TextQuote,
      label: t('reply.quote'),
      run: () => chain().toggleBlockquote().run(),
    },
    {
      mark: 'codeBlock',
      icon: Code,
      label: t('reply.code'),
      run: () => chain().toggleCodeBlock().run(),
    },
  ]
  return (
    <div className={styles.toolbar} role="toolbar" aria-label={t('reply.format')}>
      {tools.map(({ mark, run, ...rest }) => (
        <IconButton
          key={mark}
          {...rest}
          pressed={active[mark] ?? false}
          onMouseDown={(event) => event.preventDefault()}
          onClick={run}
        />
      ))}
    </div>
  )
}
