import { useQuery } from '@tanstack/react-query'
import type { Ticket } from '@/shared/api'
import { type SlaClock, ticketSlaQuery } from '@/shared/api/sla'
import { span } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Due, Tag, Time, type Tone } from '@/shared/ui'
import styles from './promises.module.css'

const tones: Record<SlaClock['state'], Tone> = {
  running: 'info',
  paused: 'neutral',
  breached: 'danger',
  met: 'ok',
  met_late: 'warn',
  dropped: 'neutral',
}

/** What is promised to the customer, what became of it, and why it is due then. */
export default function PromisesPanel({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  // A change of the promise comes with the ticket's row.
  const { data } = useQuery(
    ticketSlaQuery(ticket.id, JSON.stringify([ticket.version, ticket.promise])),
  )
  if (!data || data.clocks.length === 0) return null
  const [running, ended] = [
    data.clocks.filter((clock) => !clock.ended_at),
    data.clocks.filter((clock) => clock.ended_at),
  ]
  return (
    <section className={styles.promises} aria-label={t('due.title')}>
      <h3>
        {t('due.title')}
        {data.policy_name && <small>{data.policy_name}</small>}
      </h3>
      <ul>
        {running.map((clock) => (
          <Clock key={clock.target + clock.cycle} clock={clock} />
        ))}
      </ul>
      {ended.length > 0 && (
        <details>
          <summary>{t('due.past', { count: ended.length })}</summary>
          <ul>
            {ended.map((clock) => (
              <Clock key={clock.target + clock.cycle} clock={clock} />
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

function Clock({ clock }: { clock: SlaClock }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { state } = clock
  const name = clock.name || t(`due.kinds.${clock.kind}`)
  const minutes = (count: number) => span(count * 60, locale)
  const open = state === 'running' || state === 'breached' || state === 'paused'
  return (
    <li>
      <details>
        <summary>
          <span>{name}</span>
          {open ? (
            <Due
              promise={{
                ...clock,
                state: state === 'paused' ? 'paused' : 'running',
                breached: state === 'breached',
              }}
            />
          ) : (
            <Tag tone={tones[state]}>{t(`due.states.${state}`)}</Tag>
          )}
        </summary>
        <dl>
          {clock.due_at && (
            <>
              <dt>{t('due.dueAt')}</dt>
              <dd>
                <Time at={clock.due_at} style="full" />
              </dd>
            </>
          )}
          <dt>{t('due.counted')}</dt>
          <dd>
            {t('due.of', { spent: minutes(clock.elapsed_minutes), all: minutes(clock.minutes) })}
          </dd>
          <dt>{t('due.started')}</dt>
          <dd>
            <Time at={clock.started_at} style="full" />
          </dd>
          {clock.ended_at && (
            <>
              <dt>{t('due.ended')}</dt>
              <dd>
                <Time at={clock.ended_at} style="full" />
              </dd>
            </>
          )}
          {clock.next_open_at && (
            <>
              <dt>{t('due.goesOn')}</dt>
              <dd>
                <Time at={clock.next_open_at} style="full" />
              </dd>
            </>
          )}
          <dt>{t('due.by')}</dt>
          <dd>
            {t('due.policy', { name: clock.policy_name, version: clock.policy_version })}
            <br />
            {clock.calendar_name ? `${clock.calendar_name} (${clock.time_zone})` : t('due.always')}
          </dd>
        </dl>
        <Stretches clock={clock} />
      </details>
    </li>
  )
}

function Stretches({ clock }: { clock: SlaClock }) {
  const { t } = useTranslation()
  const all = [
    ...clock.spans.map((one) => ({ ...one, reason: null })),
    ...clock.pauses.map((one) => ({ ...one, reason: one.reason as string | null })),
  ].sort((a, b) => a.begin.localeCompare(b.begin))
  if (all.length === 0) return null
  return (
    <ol className={styles.stretches} aria-label={t('due.why')}>
      {clock.spans_left_out > 0 && <li>{t('due.leftOut', { count: clock.spans_left_out })}</li>}
      {all.map((one) => (
        <li key={`${one.begin}${one.reason}`} data-paused={one.reason !== null}>
          <Time at={one.begin} style="full" /> –{' '}
          {one.end ? <Time at={one.end} style="full" /> : '…'}
          {one.reason && <em>{reasonOf(one.reason)}</em>}
        </li>
      ))}
    </ol>
  )

  function reasonOf(reason: string) {
    if (reason === 'solved') return t('due.reasons.solved')
    if (reason === 'snoozed') return t('due.reasons.snoozed')
    return t('due.reasons.status')
  }
}
