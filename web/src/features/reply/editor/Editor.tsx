import type { Editor as Core, JSONContent } from '@tiptap/core'
import { EditorContent, useEditor } from '@tiptap/react'
import { type ReactNode, type RefObject, useEffect, useRef } from 'react'
import { useSlash } from '@/features/slash'
import type { Attachment, Id, Mention } from '@/shared/api'
import { isPictureAlone, withoutWaiting } from '../pictures'
import type { Picture } from '../usePictures'
import styles from './Editor.module.css'
import { extensionsFor } from './extensions'
import { Pictures } from './PictureView'
import { Toolbar } from './Toolbar'
import { useMentionList } from './useMentionList'

export interface Written {
  html: string
  text: string
  mentions: Mention[]
}
/** Puts pictures where the cursor is. */
export type Inserter = (pictures: Picture[]) => void
interface Props {
  html: string
  /** Grows when `html` must replace what is in the editor. */
  version: number
  placeholder: string
  label: string
  /** Grows when the cursor is wanted here. */
  focus: number
  onChange: (written: Written) => void
  /** How many pictures of the text the server does not have yet. */
  onWaiting: (count: number) => void
  onSubmit: () => void
  onToggleMode: () => void
  /** Takes files in; gives back those that belong into the text. */
  onFiles: (files: File[]) => Picture[]
  insert: RefObject<Inserter | null>
  ticket: Id
  /** Files that come with a macro. */
  onLent: (files: Attachment[]) => void
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
  html: editor.isEmpty ? '' : withoutWaiting(editor.getHTML()),
  text: editor.getText({ blockSeparator: '\n' }),
  mentions: mentionsIn(editor.getJSON()),
})

function waitingIn(editor: Core): number {
  let count = 0
  editor.state.doc.descendants(({ type, attrs }) => {
    if (type.name === 'picture' && !attrs.file) count += 1
  })
  return count
}

const asNodes = (pictures: Picture[]): JSONContent[] =>
  pictures.map(({ id, name }) => ({ type: 'picture', attrs: { upload: id, name } }))

export default function Editor(props: Props) {
  const latest = useRef(props)
  latest.current = props
  const { suggestion, list } = useMentionList()
  const macros = useSlash(props.ticket, (files) =>
    latest.current.onLent(files.map((file) => ({ ...file, inline: false, content_id: null }))),
  )

  const editor = useEditor({
    extensions: [
      ...extensionsFor({
        placeholder: () => latest.current.placeholder,
        mentions: suggestion,
      }),
      macros.extension,
    ],
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
      handleDrop: (view, event, _slice, moved) =>
        !moved &&
        take(
          event.dataTransfer,
          event,
          view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos,
        ),
      handleKeyDown: (_view, event) => keys(event),
    },
    onUpdate: ({ editor: current }) => {
      latest.current.onChange(read(current))
      latest.current.onWaiting(waitingIn(current))
    },
  })

  function take(data: DataTransfer | null, event: Event, at?: number): boolean {
    const files = [...(data?.files ?? [])]
    const html = data?.getData('text/html') ?? ''
    if (files.length === 0 || (html && !isPictureAlone(html))) return false
    event.preventDefault()
    place(latest.current.onFiles(files), at)
    return true
  }

  function place(pictures: Picture[], at = editor.state.selection.from) {
    if (pictures.length > 0)
      editor.chain().focus().insertContentAt(at, asNodes(pictures)).scrollIntoView().run()
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
    latest.current.onWaiting(waitingIn(editor))
  }, [editor, html, version])

  useEffect(() => {
    if (focus > 0) editor.commands.focus('end')
  }, [editor, focus])

  const { insert } = props
  useEffect(() => {
    insert.current = (pictures) => place(pictures)
    return () => {
      insert.current = null
    }
  })

  return (
    <>
      <EditorContent editor={editor} className={styles.editor} />
      <Pictures editor={editor} />
      <div className={styles.bar}>
        <Toolbar editor={editor} />
        {props.children}
      </div>
      {list}
      {macros.list}
    </>
  )
}
