import { Blockquote } from '@tiptap/extension-blockquote'
import { Bold } from '@tiptap/extension-bold'
import { Code } from '@tiptap/extension-code'
import { CodeBlock } from '@tiptap/extension-code-block'
import { Document } from '@tiptap/extension-document'
import { HardBreak } from '@tiptap/extension-hard-break'
import { Italic } from '@tiptap/extension-italic'
import { Link } from '@tiptap/extension-link'
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list'
import { Paragraph } from '@tiptap/extension-paragraph'
import { Strike } from '@tiptap/extension-strike'
import { Text } from '@tiptap/extension-text'
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions'
import { EditorContent, useEditor } from '@tiptap/react'
import { App } from 'antd'
import { useEffect, useRef } from 'react'
import { uploadFile } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'
import styles from './editor.module.css'
import { Cell, Head, Heading, Picture, Row, Rule, smallMarks, Table } from './nodes'
import { Tools } from './Tools'

interface Props {
  html: string
  label: string
  lang: string
  placeholder: string
  onChange: (html: string) => void
}

const extensions = (placeholder: string) => [
  Document,
  Paragraph,
  Text,
  HardBreak,
  Heading,
  Bold,
  Italic,
  Strike,
  Code,
  CodeBlock,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  Rule,
  Picture,
  Table,
  Row,
  Cell,
  Head,
  ...smallMarks,
  UndoRedo,
  Dropcursor,
  Gapcursor,
  Link.configure({ openOnClick: false, autolink: true, defaultProtocol: 'https' }),
  Placeholder.configure({ placeholder }),
]

const shown = /^image\/(png|jpe?g|gif|webp)$/

/** Mounted anew for each language and each version that comes from elsewhere. */
export default function ArticleEditor({ html, label, lang, placeholder, onChange }: Props) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const latest = useRef(onChange)
  latest.current = onChange
  const picker = useRef<HTMLInputElement>(null)
  const editor = useEditor({
    extensions: extensions(placeholder),
    content: html,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: styles.writing ?? '',
        lang,
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
      },
      handlePaste: (_view, event) => take(event.clipboardData?.files, event),
      handleDrop: (_view, event, _slice, moved) => !moved && take(event.dataTransfer?.files, event),
    },
    onUpdate: ({ editor: now }) => latest.current(now.isEmpty ? '' : now.getHTML()),
  })
  const open = useRef(true)
  useEffect(() => {
    open.current = true
    return () => {
      open.current = false
    }
  }, [])

  function take(files: FileList | undefined, event: Event): boolean {
    const pictures = [...(files ?? [])].filter(({ type }) => shown.test(type))
    if (pictures.length === 0) return false
    event.preventDefault()
    void add(pictures)
    return true
  }

  async function add(pictures: File[]) {
    for (const picture of pictures) {
      try {
        const file = await uploadFile(picture, () => undefined)
        if (!open.current) return
        const alt = picture.name.replace(/\.\w+$/, '')
        const attrs = { src: `/api/v1/files/${file.id}`, alt }
        editor.chain().focus().insertContent({ type: 'picture', attrs }).run()
      } catch (error) {
        message.error(errorText(t, error))
      }
    }
  }

  return (
    <div className={styles.editor}>
      <Tools editor={editor} askPicture={() => picker.current?.click()} />
      <EditorContent editor={editor} />
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept="image/png,image/jpeg,image/gif,image/webp"
        aria-label={t('knowledge.tools.picture')}
        onChange={(event) => {
          void add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}
