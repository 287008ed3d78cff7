import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Link2, Send, Unlink } from 'lucide-react'
import type { Ticket } from '@/shared/api'
import {
  type Related,
  relationsQuery,
  type TicketBrief,
  unlinkTicket,
} from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { IconButton, StatusTag } from '@/shared/ui'
import { useAsked } from './asked'
import styles from './relations.module.css'
import { isGiven } from './roles'
import { useDone } from './useDone'

/** Which tickets belong to this one, where they stand, and what can be taken back. */
export default function RelationsPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const ask = useAsked((state) => state.ask)
  const mayEdit = useCan('ticket:edit', ticket)
  const mayReply = useCan('ticket:reply', ticket)
  const { data } = useQuery(relationsQuery(ticket.id))
  if (!data) return null
  const hasIncidents = data.links.some(({ role }) => role === 'incident')
  return (
    <section className={styles.panel} aria-label={t('relations.title')}>
      <header>
        <h3>{t('relations.title')}</h3>
        {mayEdit && !ticket.merged_into && (
          <IconButton icon={Link2} label={t('ticket.link')} onClick={() => ask('link')} />
        )}
      </header>
      <ul>
        {data.links.map((link) => (
          <Line key={`${link.role}-${link.ticket.id}`} ticket={ticket} link={link} edit={mayEdit} />
        ))}
        {data.merged.map((one) => (
          <li key={one.id}>
            <small>{t('relations.roles.merged')}</small>
            <Reference ticket={one} />
          </li>
        ))}
      </ul>
      {data.hidden > 0 && (
        <p className={styles.note}>{t('relations.hidden', { count: data.hidden })}</p>
      )}
      {hasIncidents && mayReply && (
        <Button size="small" icon={<Send size={13} />} onClick={() => ask('incidents')}>
          {t('relations.answerTitle')}
        </Button>
      )}
      <Operations ticket={ticket} />
    </section>
  )
}

function Reference({ ticket }: { ticket: TicketBrief }) {
  return (
    <>
      <Link
        to="/inbox"
        search={{ view: 'all', ticket: ticket.id }}
        className="truncate"
        title={ticket.subject}
      >
        #{ticket.number} {ticket.subject}
      </Link>
      <StatusTag status={ticket.status} />
    </>
  )
}

function Line({ ticket, link, edit }: { ticket: Ticket; link: Related; edit: boolean }) {
  const { t } = useTranslation()
  const { run } = useAction()
  const { done } = useDone()
  const { role, ticket: other } = link
  async function remove() {
    if (!isGiven(role)) return
    const made = await run(() => unlinkTicket(ticket.id, role, other.id))
    if (made) done(made, t('relations.unlinked', { number: other.number }))
  }
  return (
    <li>
      <small>{t(`relations.roles.${role}`)}</small>
      <Reference ticket={other} />
      {edit && isGiven(role) && (
        <IconButton
          icon={Unlink}
          label={t('relations.unlink', { number: other.number })}
          onClick={() => void remove()}
        />
      )}
    </li>
  )
}

const undoable = 3

function Operations({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { data } = useQuery(relationsQuery(ticket.id))
  const { undo } = useDone()
  const made = (data?.operations ?? []).filter(({ kind }) => kind === 'merge' || kind === 'split')
  if (made.length === 0) return null
  return (
    <ul>
      {made.slice(0, undoable).map((operation) => (
        <li key={operation.id}>
          <small>{t(`relations.kinds.${operation.kind}`)}</small>
          <span className="truncate">{operation.actor.name}</span>
          <Button size="small" type="text" onClick={() => void undo(operation.id)}>
            {t('common.undo')}
          </Button>
        </li>
      ))}
    </ul>
  )
}
