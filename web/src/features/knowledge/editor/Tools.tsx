import type { ChainedCommands, Editor } from '@tiptap/core'
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
} from '@tiptap/pm/tables'
import { useEditorState } from '@tiptap/react'
import {
  Bold,
  Code,
  Columns3,
  Heading2,
  Heading3,
  ImagePlus,
  Italic,
  Link,
  List,
  ListOrdered,
  type LucideIcon,
  Minus,
  Rows3,
  Table,
  TextQuote,
  Trash2,
} from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './editor.module.css'

type Block = (chain: ChainedCommands) => ChainedCommands
interface Tool {
  id: string
  icon: LucideIcon
  label: string
  /** Of the node or mark that it sets. */
  on?: readonly [string, object?]
  do: Block | (() => void)
  plain?: boolean
}

const cellsOf = (type: string, count: number) =>
  Array.from({ length: count }, () => ({ type, content: [{ type: 'paragraph' }] }))
const newTable = {
  type: 'table',
  content: [
    { type: 'tableRow', content: cellsOf('tableHeader', 3) },
    { type: 'tableRow', content: cellsOf('tableCell', 3) },
    { type: 'tableRow', content: cellsOf('tableCell', 3) },
  ],
}

function useTools(editor: Editor, askPicture: () => void): Tool[] {
  const { t } = useTranslation()
  const heading =
    (level: number): Block =>
    (chain) =>
      chain.toggleNode('heading', 'paragraph', { level })
  const name = (id: string) => t(`knowledge.tools.${id}` as 'knowledge.tools.table')
  function link() {
    const old: unknown = editor.getAttributes('link').href
    const href = window.prompt(t('reply.linkPrompt'), typeof old === 'string' ? old : 'https://')
    if (href === null) return
    const chain = editor.chain().focus().extendMarkRange('link')
    if (href.trim()) chain.setLink({ href: href.trim() }).run()
    else chain.unsetLink().run()
  }
  return [
    { id: 'h2', icon: Heading2, label: name('h2'), on: ['heading', { level: 2 }], do: heading(2) },
    { id: 'h3', icon: Heading3, label: name('h3'), on: ['heading', { level: 3 }], do: heading(3) },
    { id: 'b', icon: Bold, label: t('reply.bold'), on: ['bold'], do: (c) => c.toggleBold() },
    {
      id: 'i',
      icon: Italic,
      label: t('reply.italic'),
      on: ['italic'],
      do: (c) => c.toggleItalic(),
    },
    { id: 'a', icon: Link, label: t('reply.link'), on: ['link'], do: link, plain: true },
    {
      id: 'ul',
      icon: List,
      label: t('reply.list'),
      on: ['bulletList'],
      do: (c) => c.toggleBulletList(),
    },
    {
      id: 'ol',
      icon: ListOrdered,
      label: t('reply.ordered'),
      on: ['orderedList'],
      do: (c) => c.toggleOrderedList(),
    },
    {
      id: 'quote',
      icon: TextQuote,
      label: t('reply.quote'),
      on: ['blockquote'],
      do: (c) => c.toggleBlockquote(),
    },
    {
      id: 'code',
      icon: Code,
      label: t('reply.code'),
      on: ['codeBlock'],
      do: (c) => c.toggleCodeBlock(),
    },
    { id: 'hr', icon: Minus, label: name('rule'), do: (c) => c.insertContent({ type: 'rule' }) },
    { id: 'img', icon: ImagePlus, label: name('picture'), do: askPicture, plain: true },
    { id: 'table', icon: Table, label: name('table'), do: (c) => c.insertContent(newTable) },
  ]
}

export function Tools({ editor, askPicture }: { editor: Editor; askPicture: () => void }) {
  const { t } = useTranslation()
  const tools = useTools(editor, askPicture)
  const state = useEditorState({
    editor,
    selector: ({ editor: now }) => ({
      on: tools.filter(({ on }) => on && now.isActive(...on)).map(({ id }) => id),
      inTable: now.isActive('table'),
    }),
  })
  return (
    <div className={styles.tools} role="toolbar" aria-label={t('reply.format')}>
      {tools.map(({ id, icon, label, on, do: run, plain }) => (
        <IconButton
          key={id}
          icon={icon}
          label={label}
          {...(on ? { pressed: state.on.includes(id) } : {})}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            if (plain) (run as () => void)()
            else (run as Block)(editor.chain().focus()).run()
          }}
        />
      ))}
      {state.inTable && <TableTools editor={editor} />}
    </div>
  )
}

const tableTools = [
  ['row', Rows3, addRowAfter],
  ['column', Columns3, addColumnAfter],
  ['removeRow', Rows3, deleteRow],
  ['removeColumn', Columns3, deleteColumn],
  ['removeTable', Trash2, deleteTable],
] as const

/** While the cursor is in a table. */
function TableTools({ editor }: { editor: Editor }) {
  const { t } = useTranslation()
  return (
    <span className={styles.ofTable}>
      {tableTools.map(([id, icon, command]) => (
        <IconButton
          key={id}
          icon={icon}
          label={t(`knowledge.tools.${id}`)}
          danger={id.startsWith('remove')}
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => {
            command(editor.state, editor.view.dispatch)
            editor.commands.focus()
          }}
        />
      ))}
    </span>
  )
}
