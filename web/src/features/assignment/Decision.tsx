import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agentsQuery, type Id, nameOf, type Ticket } from '@/shared/api'
import { type Decision, decisionsQuery } from '@/shared/api/assignment'
import { span } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import score from './score.module.css'
import styles from './why.module.css'

/** Why this ticket before others, and what would have changed it, as it was kept. */
export function LastDecision({ ticket, agent }: { ticket: Ticket; agent: Id | null }) {
  const { t } = useTranslation()
  const { data } = useQuery(decisionsQuery(ticket.id, ticket.version))
  const made = data?.find((one) => one.agent_id === agent)
  if (!made) return null
  const others = made.line.filter((one) => one.ticket_id !== ticket.id)
  const points = Math.round(made.score)
  return (
    <div className={styles.body}>
      <h4>{t('why.decision.title')}</h4>
      <p>
        {others.length > 0
          ? t('why.decision.first', { score: points })
          : t('why.decision.alone', { score: points })}
      </p>
      <ol className={score.parts}>
        {others.map((one) => (
          <li key={one.ticket_id}>
            {one.number ? (
              <Link to="/inbox" search={{ view: 'all', ticket: one.ticket_id }}>
                #{one.number}
              </Link>
            ) : (
              <span>{t('why.decision.hidden')}</span>
            )}
            <b>{Math.round(one.score)}</b>
          </li>
        ))}
      </ol>
      {made.changes.length > 0 && (
        <>
          <h4>{t('why.decision.other')}</h4>
          <ul className={score.changes}>
            {made.changes.map((one) => (
              <li key={one.kind + (one.factor ?? '')}>
                <Change change={one} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={styles.soft}>
        {t(made.reproduced ? 'why.decision.same' : 'why.decision.differs')}
      </p>
    </div>
  )
}

function Change({ change }: { change: Decision['changes'][number] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: agents = [] } = useQuery(agentsQuery)
  const ticket = change.number ? `#${change.number}` : t('why.decision.hidden')
  if (change.kind === 'agent') {
    return t('why.decision.agent', {
      name: nameOf(agents, change.agent_id ?? '') ?? change.agent_id,
    })
  }
  if (change.kind === 'longer') {
    return t('why.decision.longer', { ticket, time: span((change.minutes ?? 0) * 60, locale) })
  }
  return t('why.decision.without', {
    ticket,
    factor: t(`why.score.parts.${change.factor ?? 'value'}`),
    points: change.points,
  })
}
