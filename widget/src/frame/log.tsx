import { Component, createRef, h } from 'preact'
import { clock, dayName } from '../core/format'
import { byDay, type Day } from '../core/timeline'
import { Bubble, Words } from './message'
import type { Ui } from './ui'

const NEAR_END = 80

export const Dots = () => (
  <span class="dots" aria-hidden="true">
    <i />
    <i />
    <i />
  </span>
)

/** Text that somebody is reading never jumps away; what they wrote themselves is always shown. */
export class Log extends Component<Ui, { more: boolean }> {
  #box = createRef<HTMLDivElement>()
  #atEnd = true

  override componentDidMount() {
    this.#toEnd()
    // The keyboard of a phone makes the frame lower.
    addEventListener('resize', () => this.#atEnd && this.#toEnd())
  }

  override componentDidUpdate(before: Ui) {
    const { items, open } = this.props.state
    const last = items.at(-1)
    const added = items.length > before.state.items.length
    const shown = open && !before.state.open
    if (this.#atEnd || shown || (added && last?.from === 'visitor')) this.#toEnd()
    else if (added) this.setState({ more: true })
  }

  #toEnd = () => {
    const box = this.#box.current
    if (box) box.scrollTop = box.scrollHeight
    if (this.state.more) this.setState({ more: false })
  }

  #scrolled = () => {
    const box = this.#box.current
    if (!box) return
    this.#atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_END
    if (this.#atEnd && this.state.more) this.setState({ more: false })
  }

  override render(ui: Ui) {
    const { state, t, locale } = ui
    const { items, typing, config } = state
    return (
      <main class="log-box">
        <div
          class="log"
          role="log"
          aria-label={t.log}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
          tabIndex={0}
          ref={this.#box}
          onScroll={this.#scrolled}
        >
          {config?.greeting && (
            <div class="run agent">
              <Words text={config.greeting} />
            </div>
          )}
          {byDay(items).map(({ day, groups }) => (
            <section key={groups[0]?.items[0]?.key}>
              <p class="day">{dayName(day, locale, new Date())}</p>
              {groups.map((run) => (
                <Run key={run.items[0]?.key} run={run} {...ui} />
              ))}
            </section>
          ))}
          {typing && (
            <p class="typing">
              <Dots /> {t.typing(typing)}
            </p>
          )}
        </div>
        {this.state.more && (
          <button type="button" class="more primary" onClick={this.#toEnd}>
            {t.newMessages}
          </button>
        )}
      </main>
    )
  }
}

function Run({ run, ...ui }: Ui & { run: Day['groups'][number] }) {
  const { t, locale } = ui
  const { from, items } = run
  const last = items.at(-1)
  const mine = from === 'visitor'
  return (
    <div class={`run ${from}`}>
      {from !== 'system' && (
        <p class={mine ? 'unseen' : 'meta'}>{mine ? t.you : (run.name ?? t.agent)}</p>
      )}
      {items.map((item) => (
        <Bubble key={item.key} item={item} isLast={item === last} {...ui} />
      ))}
      {from === 'agent' && last && <p class="meta">{clock(last.at, locale)}</p>}
    </div>
  )
}
