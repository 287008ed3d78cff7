import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '@/shared/api'
import { workQuery } from '@/shared/api/tasks'
import { ErrorState } from '@/shared/ui'
import { Checklist } from './Checklist'
import { Reminders } from './Reminders'
import { TimeSection } from './TimeSection'

/** What is to do on a ticket, how long it took, and when to look again. */
export default function WorkPanel({ ticket }: { ticket: Ticket }) {
  const { data, error, refetch } = useQuery(workQuery(ticket.id))
  if (error && !data) return <ErrorState error={error} retry={refetch} />
  if (!data) return null
  return (
    <>
      <Checklist ticket={ticket} items={data.checklist} />
      <TimeSection ticket={ticket} work={data} />
      <Reminders ticket={ticket} reminders={data.reminders} />
    </>
  )
}
