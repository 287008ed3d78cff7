import type { Editor as Core, JSONContent } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { type ReactNode, useEffect, useRef } from 'react'
import type { Mention } from '@/shared/api'
import styles from './Editor.module.css'
import { extensionsFor } from './extensions'
import { Toolbar } from './Toolbar'
import { useMentionList } from './useMentionList'

export interface Written {
  html: string
  text: string
  mentions: Mention[]
}
interface Props {
  html: string
  /** Grows when `html` must replace what is in the editor. */
  version: number
  placeholder: string
  label: string
  /** Grows when the cursor is wanted here. */
  focus: number
  onChange: (written: Written) => void
  onSubmit: () => void
  onToggleMode: () => void
  onFiles: (files: File[]) => void
  /** Beside the tools. */
  children?: ReactNode
}

function mentionsIn(content: JSONContent): Mention[] {
  const found: Mention[] = []
  const walk = (node: JSONContent) => {
    if (node.type === 'mention' && node.attrs) {
      found.push({ kind: node.attrs.kind === 'team' ? 'team' : 'agent', id: String(node.attrs.id) })
    }
    for (const child of node.content ?? []) walk(child)
  }
  walk(content)
  return found
}

const read = (editor: Core): Written => ({
  html: editor.isEmpty ? '' : editor.getHTML(),
  text: editor.getText({ blockSeparator: '\n' }),
  mentions: mentionsIn(editor.getJSON()),
})

export default function Editor(props: Props) {
  const latest = useRef(props)
  latest.current = props
  const { suggestion, list } = useMentionList()

  const editor = useEditor({
    extensions: extensionsFor({
      placeholder: () => latest.current.placeholder,
      mentions: suggestion,
    }),
    content: props.html,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        class: styles.writing ?? '',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': props.label,
      },
      handlePaste: (_view, event) => take(event.clipboardData, event),
      handleDrop: (_view, event) => take(event.dataTransfer, event),
      handleKeyDown: (_view, event) => keys(event),
    },
    onUpdate: ({ editor: current }) => latest.current.onChange(read(current)),
  })

  function take(data: DataTransfer | null, event: Event): boolean {
    const files = [...(data?.files ?? [])]
    // Spreadsheets put a picture of the cells beside their HTML: the text is what is meant.
    if (files.length === 0 || data?.types.includes('text/html')) return false
    event.preventDefault()
    latest.current.onFiles(files)
    return true
  }

  function keys(event: KeyboardEvent): boolean {
    if (event.isComposing || event.keyCode === 229) return false
    const mod = event.ctrlKey || event.metaKey
    if (mod && event.key === 'Enter') {
      latest.current.onSubmit()
      return true
    }
    if (mod && event.shiftKey && event.key.toLowerCase() === 'm') {
      event.preventDefault()
      latest.current.onToggleMode()
      return true
    }
    if (event.key === 'Escape' && event.target instanceof HTMLElement) {
      event.target.blur()
      return true
    }
    return false
  }

  const { html, version, focus } = props
  const shown = useRef(version)
  useEffect(() => {
    if (shown.current === version) return
    shown.current = version
    editor.commands.setContent(html, { emitUpdate: false })
  }, [editor, html, version])

  useEffect(() => {
    if (focus > 0) editor.commands.focus('end')
  }, [editor, focus])

  return (
    <>
      <EditorContent editor={editor} className={styles.editor} />
      <div className={styles.bar}>
        <Toolbar editor={editor} />
        {props.children}
      </div>
      {list}
    </>
  )
}
