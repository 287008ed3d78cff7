import { EditorContent, useEditor } from '@tiptap/react'
import { Dropdown } from 'antd'
import { Braces } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { IconButton } from '@/shared/ui'
import styles from './Editor.module.css'
import { extensionsFor } from './extensions'
import { Toolbar } from './Toolbar'

/** A text and, where it has any, the same with formatting. */
export interface RichText {
  body: string
  html: string
}

interface Props {
  value: RichText
  onChange: (value: RichText) => void
  label: string
  id?: string
  disabled?: boolean
  /** What can be put in where the cursor is. */
  insertable?: { value: string; label: string }[]
  insertLabel?: string
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
const asHtml = ({ body, html }: RichText) =>
  html ||
  (body
    ? body
        .split('\n')
        .map((line) => `<p>${escaped(line)}</p>`)
        .join('')
    : '')
/** Paragraphs alone are no formatting: such a text stays plain. */
const isPlain = (html: string) => !/<(?!\/?p>|br\s*\/?>)/.test(html)

/** The editor of answers as a field of a form, for texts that are kept. */
export default function RichField(props: Props) {
  const { value, label, id, disabled = false, insertable = [], insertLabel = '' } = props
  const latest = useRef(props)
  latest.current = props
  const written = useRef(value)
  const editor = useEditor({
    extensions: extensionsFor({ placeholder: () => '', mentions: null }).filter(
      ({ name }) => name !== 'picture',
    ),
    content: asHtml(value),
    editable: !disabled,
    immediatelyRender: true,
    shouldRerenderOnTransaction: false,
    editorProps: {
      attributes: {
        ...(id ? { id } : {}),
        class: styles.writing ?? '',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': label,
      },
    },
    onUpdate: ({ editor: current }) => {
      const html = current.isEmpty ? '' : current.getHTML()
      const next = {
        body: current.getText({ blockSeparator: '\n' }),
        html: isPlain(html) ? '' : html,
      }
      written.current = next
      latest.current.onChange(next)
    },
  })
  // A form that is filled anew says something else than what was written here.
  useEffect(() => {
    if (value.body === written.current.body && value.html === written.current.html) return
    written.current = value
    editor.commands.setContent(asHtml(value), { emitUpdate: false })
  }, [editor, value])

  return (
    <div className={styles.field} data-disabled={disabled}>
      <EditorContent editor={editor} className={styles.editor} />
      {!disabled && (
        <div className={styles.bar}>
          <Toolbar editor={editor} />
          {insertable.length > 0 && (
            <Dropdown
              trigger={['click']}
              menu={{
                items: insertable.map((one) => ({ key: one.value, label: one.label })),
                onClick: ({ key }) => editor.chain().focus().insertContent(key).run(),
              }}
            >
              <span>
                <IconButton icon={Braces} label={insertLabel} />
              </span>
            </Dropdown>
          )}
        </div>
      )}
    </div>
  )
}
