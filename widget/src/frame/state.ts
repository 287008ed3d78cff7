import type { JSX } from 'preact'
import type { LinkState } from '../core/link'
import type { Item } from '../core/timeline'
import type { Contact } from '../core/wire'
import type { Config } from '../shared/protocol'
import type { Strings } from './strings'
import type { Ui } from './ui'

export type View = 'loading' | 'form' | 'chat' | 'sign-in' | 'unavailable'
export type EmailCard = 'hidden' | 'ask' | 'saved'
export type Notice = { kind: 'too-large'; name: string } | { kind: 'too-many' } | null

export interface State {
  view: View
  locale: string
  t: Strings | null
  config: Config | null
  contact: Contact | null
  items: Item[]
  link: LinkState
  online: boolean
  typing: string | null
  closed: boolean
  open: boolean
  /** Everything up to here was on the visitor's screen. */
  seen: string
  /** Given here; '' is “not now”. */
  email: string | null
  emailCard: EmailCard
  notice: Notice
  /** Articles for what is being written, drawn by a part that is loaded for the first of them. */
  help: ((ui: Ui) => JSX.Element | null) | null
}

export const initial: State = {
  view: 'loading',
  locale: 'en',
  t: null,
  config: null,
  contact: null,
  items: [],
  link: 'connecting',
  online: true,
  typing: null,
  closed: false,
  open: false,
  seen: '0',
  email: null,
  emailCard: 'hidden',
  notice: null,
  help: null,
}

export interface Store {
  get(): State
  set(change: Partial<State>): void
}

/** `changed` is told once for all changes of one turn. */
export function buildStore(start: State, changed: () => void): Store {
  let state = start
  let told = false
  return {
    get: () => state,
    set(change) {
      state = { ...state, ...change }
      if (told) return
      told = true
      queueMicrotask(() => {
        told = false
        changed()
      })
    },
  }
}

/** Which view fits: a form comes before the first message only, never in front of an answer. */
export function viewFor(config: Config, contact: Contact | null, has: { messages: boolean }): View {
  const missing = config.pre_chat.filter(
    (f) => !(f.name === 'name' ? contact?.name : contact?.email),
  )
  return missing.length && !contact?.verified && !has.messages ? 'form' : 'chat'
}

/** Ask for an address once the visitor wrote something that an answer could miss. */
export function cardFor(state: State): EmailCard {
  const { config, contact, items, email } = state
  if (state.emailCard !== 'hidden' || !config?.email_continuation) return state.emailCard
  if (email !== null || contact?.email) return 'hidden'
  return items.some((i) => i.from === 'visitor') ? 'ask' : 'hidden'
}
