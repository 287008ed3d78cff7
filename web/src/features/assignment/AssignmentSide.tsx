import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import { type TicketAssignment, ticketAssignmentQuery } from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { ErrorState, Skeleton } from '@/shared/ui'
import { LastDecision } from './Decision'
import { Given } from './Given'
import { Waiting } from './Waiting'
import styles from './why.module.css'

const active = new Set(['new', 'open'])

/** One line that says more when it is opened: why this agent, or why nobody yet. */
export function AssignmentSide({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const waits = !ticket.assignee_id && active.has(ticket.status_category)
  if (!waits && !ticket.assignee_id) return null
  return (
    <details className={styles.side} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{t(waits ? 'why.nobody' : 'why.agent')}</summary>
      {open && <Reasons ticket={ticket} />}
    </details>
  )
}

function Reasons({ ticket }: { ticket: Ticket }) {
  const { data, error, isPending, refetch } = useQuery(
    ticketAssignmentQuery(ticket.id, ticket.version),
  )
  if (error) return <ErrorState error={error} retry={refetch} />
  if (isPending) return <Skeleton lines={3} />
  return (
    <>
      <Reason found={data} />
      {data.given?.by === 'distribution' && <LastDecision ticket={ticket} agent={data.agent_id} />}
    </>
  )
}

function Reason({ found }: { found: TicketAssignment }) {
  const { t } = useTranslation()
  if (found.given) return <Given given={found.given} />
  if (found.waiting) return <Waiting waiting={found.waiting} />
  return (
    <div className={styles.body}>
      <p>{t(`why.states.${found.state}`)}</p>
    </div>
  )
}
