import { useState } from 'react'
import type { Address, Conversation, Ticket } from '@/shared/api'
import { chosen, type Problem, problemOf, type Recipients } from './recipients'
import type { useDraft } from './useDraft'

/** Whom the answer in a draft goes to: as the server would do it, until the writer changes it. */
export function useRecipients(
  ticket: Ticket,
  conversation: Conversation | undefined,
  { content, current, change }: ReturnType<typeof useDraft>,
) {
  const [open, setOpen] = useState(false)
  const [checked, setChecked] = useState(false)
  const usual = { to: conversation?.reply_to ? [conversation.reply_to] : [], cc: [] }
  const list = content.recipients ?? usual
  const wrong = problemOf(list)
  // An empty field is only wrong once somebody wants to send.
  const problem: Problem | null = wrong === 'none' && !checked ? null : wrong
  const customer: Address[] = conversation?.reply_to
    ? [{ address: conversation.reply_to, name: ticket.requester.name }]
    : []
  const known = new Map(
    [...ticket.participants, ...customer].map((person) => [person.address.toLowerCase(), person]),
  )
  return {
    bar: {
      list,
      known: [...known.values()],
      problem,
      open,
      setOpen,
      change: (next: Recipients) => {
        setChecked(false)
        change({ ...current.current, recipients: chosen(next, usual) })
      },
    },
    /** May it go? Else the fields open and say why not. */
    check() {
      const failed = problemOf(current.current.recipients ?? usual) !== null
      setChecked(failed)
      if (failed) setOpen(true)
      else setOpen(false)
      return !failed
    },
  }
}
