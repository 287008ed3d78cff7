/** Articles for what a visitor writes, until a person answers. Loaded with the first word that is written. */
import { h } from 'preact'
import type { Api } from '../core/wire'
import type { Controller } from './controller'
import type { Store } from './state'
import type { Ui } from './ui'

interface Article {
  id: string
  title: string
  text: string
  more: boolean
  url: string | null
}
interface Offer {
  ask: string | null
  items: Article[]
}
interface At {
  api: Api
  store: Store
  visitor: string | null
  chat: Controller
}

const PAUSE = 500
const SHORTEST = 4
const words = {
  zh: {
    title: '这些文章可能有帮助',
    more: '查看全文',
    solved: '解决了，谢谢',
    person: '找人工客服',
    thanks: '很高兴能帮到您！',
    said: (title: string) => `《${title}》解决了我的问题。`,
  },
  en: {
    title: 'These articles may help',
    more: 'Read all of it',
    solved: 'This solved it',
    person: 'Talk to a person',
    thanks: 'Glad that it helped!',
    said: (title: string) => `The article “${title}” solved it.`,
  },
}

// A style element would be inline, which the frame's policy forbids.
const sheet = new CSSStyleSheet()
sheet.replaceSync(`.help{max-height:45%;overflow-y:auto;padding:8px 14px;border-top:1px solid var(--raised)}
.help h2{font-size:12px;font-weight:500;color:var(--soft)}
.help>div>button,.help .person{display:block;width:100%;padding:4px 0;text-align:start;text-decoration:underline;text-underline-offset:3px}
.help>div>button{color:var(--accent)}
.help .text{padding:6px 0 10px}
.help .text p{white-space:pre-line}
.help .text a{display:inline-block;min-height:24px;margin:6px 12px 0 0;color:var(--accent)}
.help .primary{margin-top:8px;padding:0 14px}
.help .person{color:var(--soft)}`)
document.adoptedStyleSheets.push(sheet)

let timer: ReturnType<typeof setTimeout> | undefined
let asked = ''
let isOff = false
let at: At
let offer: Offer | null = null
let opened: string | null = null
let thanked = false

const isAnswered = () => {
  const last = at.store.get().items.at(-1)
  return last?.from === 'agent' && Date.now() - Date.parse(last.at) < 4 * 3_600_000
}
const draw = () => at.store.set({ help: offer || thanked ? Help : null })

export function hint(text: string, where: At): void {
  at = where
  const said = text.trim()
  // Whoever goes on writing after all has another question, or the same one.
  if (thanked && said) thanked = false
  if (isOff || said.length < SHORTEST || said === asked || isAnswered()) return
  clearTimeout(timer)
  timer = setTimeout(() => void ask(said), PAUSE)
}

async function ask(text: string): Promise<void> {
  asked = text
  const { api, visitor, store } = at
  if (!visitor) return
  const body = { visitor, text: text.slice(0, 2000), locale: store.get().locale }
  const found = await api.tell<Offer>('articles', body).catch(() => null)
  if (text !== asked || !found) return
  offer = found.ask ? found : null
  if (!offer?.items.some(({ id }) => id === opened)) opened = null
  draw()
}

function tell(step: 'opened' | 'solved' | 'person', article?: string): void {
  if (!offer?.ask) return
  const body = { visitor: at.visitor, step, ...(article ? { article } : {}) }
  void at.api.tell(`articles/${offer.ask}`, body).catch(() => undefined)
}

function open(id: string): void {
  opened = opened === id ? null : id
  if (opened) tell('opened', id)
  draw()
}

function solved({ id, title }: Article, t: (typeof words)['en']): void {
  tell('solved', id)
  offer = null
  thanked = true
  draw()
  // Who has written already is waited for: the desk should know that nobody needs to answer.
  if (at.store.get().items.some(({ from }) => from === 'visitor')) {
    isOff = true
    at.chat.say(t.said(title))
    isOff = false
  }
}

function person(): void {
  tell('person')
  offer = null
  isOff = true
  draw()
  document.querySelector('textarea')?.focus()
}

function Help({ locale }: Ui) {
  if (isAnswered()) return null
  const t = locale.startsWith('zh') ? words.zh : words.en
  if (!offer)
    return (
      <p class="bar" role="status">
        {t.thanks}
      </p>
    )
  return (
    <section class="help" aria-label={t.title}>
      <h2>{t.title}</h2>
      {offer.items.map((one) => (
        <div key={one.id}>
          <button type="button" aria-expanded={opened === one.id} onClick={() => open(one.id)}>
            {one.title}
          </button>
          {opened === one.id && (
            <div class="text">
              <p>
                {one.text}
                {one.more && '…'}
              </p>
              {one.url && (
                <a href={one.url} target="_blank" rel="noopener noreferrer">
                  {t.more}
                </a>
              )}
              <button type="button" class="primary" onClick={() => solved(one, t)}>
                {t.solved}
              </button>
            </div>
          )}
        </div>
      ))}
      <button type="button" class="person" onClick={person}>
        {t.person}
      </button>
    </section>
  )
}
