import { lazy, Suspense, useEffect } from 'react'
import type { Ticket } from '@/shared/api'
import { needWords } from '@/shared/i18n'
import { useAsked } from './asked'

const Dialogs = lazy(async () => {
  const [module] = await Promise.all([import('./Dialogs'), needWords('relations')])
  return module
})

/** The dialogs come with the first wish for one. */
export function RelationDialogs({ ticket }: { ticket: Ticket }) {
  const { asked, ask } = useAsked()
  const id = ticket.id
  // biome-ignore lint/correctness/useExhaustiveDependencies: another ticket closes what was asked of this one
  useEffect(() => () => ask(null), [id, ask])
  if (!asked) return null
  return (
    <Suspense fallback={null}>
      <Dialogs ticket={ticket} asked={asked} close={() => ask(null)} />
    </Suspense>
  )
}

const Panel = lazy(async () => {
  const [module] = await Promise.all([import('./RelationsPanel'), needWords('relations')])
  return module
})

/** What belongs to a ticket, beside it; fetched when a ticket is open. */
export function RelationsSide({ ticket }: { ticket: Ticket }) {
  return (
    <Suspense fallback={null}>
      <Panel ticket={ticket} />
    </Suspense>
  )
}
