import { Component, createRef, h } from 'preact'
import { size } from '../core/format'
import { Clip, Send } from './icons'
import { composing, type Ui } from './ui'

const MAX_TEXT = 10_000
const FIVE_LINES = 128

export class Composer extends Component<Ui, { dropping: boolean; empty: boolean }> {
  override state = { dropping: false, empty: true }
  #area = createRef<HTMLTextAreaElement>()
  #picker = createRef<HTMLInputElement>()

  override componentDidMount() {
    this.#focus()
    for (const kind of ['dragover', 'dragleave', 'drop'] as const)
      addEventListener(kind, this.#drag)
  }

  override componentDidUpdate(before: Ui) {
    if (this.props.state.open && !before.state.open) this.#focus()
  }

  /** On a phone the keyboard would cover the greeting, so focus moves only where there is a mouse. */
  #focus() {
    if (this.props.state.open && matchMedia('(pointer: fine)').matches) this.#area.current?.focus()
  }

  #drag = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return
    event.preventDefault()
    this.setState({ dropping: event.type === 'dragover' })
    if (event.type === 'drop') this.props.chat.files(event.dataTransfer.files)
  }

  #changed = () => {
    const area = this.#area.current
    if (!area) return
    area.style.height = 'auto'
    area.style.height = `${Math.min(area.scrollHeight + 2, FIVE_LINES)}px`
    this.setState({ empty: !area.value.trim() })
    this.props.chat.typing(area.value !== '')
    this.props.chat.hint(area.value)
  }

  #send = (event: Event) => {
    event.preventDefault()
    const area = this.#area.current
    if (!area?.value.trim()) return
    this.props.chat.say(area.value)
    area.value = ''
    this.#changed()
    area.focus()
  }

  override render({ state, chat, t, locale }: Ui) {
    const { notice } = state
    return (
      <form class="composer" onSubmit={this.#send}>
        {this.state.dropping && <p class="drop">{t.dropHere}</p>}
        {notice && (
          <p class="bar warn" role="alert">
            {notice.kind === 'too-many'
              ? t.tooMany
              : t.tooLarge(notice.name, size(state.config?.max_file_bytes ?? 0, locale))}
          </p>
        )}
        <div class="row">
          <button
            type="button"
            class="icon"
            aria-label={t.attach}
            title={t.attach}
            onClick={() => this.#picker.current?.click()}
          >
            <Clip />
          </button>
          <input
            ref={this.#picker}
            type="file"
            multiple
            hidden
            onChange={({ currentTarget: input }) => {
              chat.files([...(input.files ?? [])])
              input.value = ''
            }}
          />
          <textarea
            ref={this.#area}
            rows={1}
            maxLength={MAX_TEXT}
            placeholder={t.write}
            aria-label={t.write}
            onInput={this.#changed}
            onBlur={() => chat.typing(false)}
            onPaste={(event) => {
              const files = event.clipboardData?.files
              if (!files?.length) return
              event.preventDefault()
              chat.files(files)
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter' && !event.shiftKey && !composing(event)) this.#send(event)
            }}
          />
          <button
            type="submit"
            class="primary send"
            aria-label={t.send}
            disabled={this.state.empty}
          >
            <Send />
          </button>
        </div>
      </form>
    )
  }
}
