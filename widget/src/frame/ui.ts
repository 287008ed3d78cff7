import type { Controller } from './controller'
import type { State } from './state'
import type { Strings } from './strings'

/** What every part of the screen gets; drawn anew from the store on each change. */
export interface Ui {
  state: State
  chat: Controller
  t: Strings
  locale: string
}

/** An input method is composing: its Enter chooses a word and sends nothing. */
export const composing = (event: KeyboardEvent) => event.isComposing || event.keyCode === 229
