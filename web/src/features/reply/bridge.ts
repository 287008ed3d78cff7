import { create } from 'zustand'
import type { DraftMode, Id, Message } from '@/shared/api'
import { asHtml, type Content, fromMessage, nothing } from './content'

interface Wish {
  ticket: Id
  mode: DraftMode
  content?: Content
  /** Behind what is there; else before it. */
  atEnd: boolean
  nonce: number
}

interface Bridge {
  /** A wish of another part of the screen; the composer of that ticket fulfils it and clears it. */
  wish: Wish | null
  ask: (ticket: Id, mode: DraftMode, content?: Content, atEnd?: boolean) => void
  done: () => void
}

export const useBridge = create<Bridge>((set) => ({
  wish: null,
  ask: (ticket, mode, content, atEnd = false) =>
    set(({ wish }) => ({ wish: { ticket, mode, content, atEnd, nonce: (wish?.nonce ?? 0) + 1 } })),
  done: () => set({ wish: null }),
}))

/** Opens the editor for a reply or a note. */
export const startWriting = (ticket: Id, mode: DraftMode) => useBridge.getState().ask(ticket, mode)

/** Puts words behind what is being written to the customer. */
export const putIntoReply = (ticket: Id, { html, text }: Pick<Content, 'html' | 'text'>) =>
  useBridge.getState().ask(ticket, 'public', { ...nothing, html, text }, true)

/** The same with plain text. */
export const putTextIntoReply = (ticket: Id, text: string) =>
  putIntoReply(ticket, { html: asHtml(text), text })

/** Puts a message that was taken back into the editor. */
export const restoreMessage = (message: Message) =>
  useBridge.getState().ask(message.ticket_id, message.visibility, fromMessage(message))

/** Whether somebody wants to write, or has words for the editor of this ticket. */
export const useWish = (ticket: Id) => useBridge(({ wish }) => wish?.ticket === ticket)
