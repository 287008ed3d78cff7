import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '@/shared/api'
import { type ScorePart, type TicketPriority, ticketPriorityQuery } from '@/shared/api/assignment'
import { span } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import score from './score.module.css'
import styles from './why.module.css'

const active = new Set(['new', 'open'])

/** The score in one line; opened it says what each part brings and what it would be without. */
export function ScoreSide({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const works = active.has(ticket.status_category) && !ticket.snoozed_until
  const { data } = useQuery({
    ...ticketPriorityQuery(ticket.id, ticket.version),
    enabled: works,
  })
  if (!works || !data || data.state === 'idle') return null
  if (data.state === 'pending') return <p className={score.pending}>{t('why.score.pending')}</p>
  const value = Math.round(data.score ?? 0)
  return (
    <details className={styles.side}>
      <summary>
        {t('why.score.title')}
        <b
          className={score.value}
          data-high={value >= 60}
          title={t('why.score.points', { score: value })}
        >
          {value}
        </b>
      </summary>
      <Parts found={data} />
    </details>
  )
}

function Parts({ found }: { found: TicketPriority }) {
  const { t } = useTranslation()
  const parts = (found.parts ?? []).filter((part) => part.points >= 0.05)
  return (
    <div className={styles.body}>
      <p>
        {(found.score ?? 0) >= 100
          ? t('why.score.full')
          : t('why.score.grows', { points: found.per_hour })}
        {found.ahead !== null && found.ahead !== undefined && (
          <>
            {' · '}
            {found.ahead === 0 ? t('why.score.next') : t('why.score.ahead', { count: found.ahead })}
          </>
        )}
      </p>
      <ol className={score.parts}>
        {parts.map((part) => (
          <li key={part.factor}>
            <span>
              {t(`why.score.parts.${part.factor}`)} <Fact part={part} found={found} />
            </span>
            <b>+{part.points}</b>
            <small>{t('why.score.without', { score: Math.round(part.without) })}</small>
          </li>
        ))}
      </ol>
      {parts.length < 2 && <p className={styles.soft}>{t('why.score.nothing')}</p>}
    </div>
  )
}

/** What the part comes from, in the customer's and the ticket's own words. */
function Fact({ part, found }: { part: ScorePart; found: TicketPriority }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const facts = found.facts
  const percent = (share: number) => Math.round(share * 100)
  const said = {
    value: () => [facts?.vip && t('why.score.vip'), facts?.tier],
    emotion: () => [
      facts?.grave && t('why.score.grave'),
      facts?.negative && t('why.score.negative', { percent: percent(facts.negative) }),
    ],
    complexity: () => [],
    importance: () => [facts?.urgent && t('why.score.urgent')],
    risk: () => [t('why.score.used', { percent: percent(part.share) })],
    waiting: () => [
      found.since &&
        span(Math.floor((Date.parse(found.at) - Date.parse(found.since)) / 1000), locale),
    ],
  } satisfies Record<ScorePart['factor'], () => unknown[]>
  const words = said[part.factor]().filter(Boolean).join(' · ')
  return words ? <em>{words}</em> : null
}
