import { useQuery } from '@tanstack/react-query'
import { Frown, OctagonAlert } from 'lucide-react'
import type { Ticket } from '@/shared/api'
import { type Judged, signalsQuery, type TicketSignals } from '@/shared/api/understanding'
import { useLocale, useTranslation } from '@/shared/i18n'
import { ErrorState, Skeleton, Time } from '@/shared/ui'
import { Known } from './Known'
import { Reading } from './Reading'
import styles from './understanding.module.css'
import { judged, languageName } from './wording'

interface Props {
  ticket: Ticket
  /** The choice of the intent, which a key opens. */
  choice: { open: boolean; onOpenChange: (open: boolean) => void }
}

/** What the customer means and feels, as far as that was read, and what they have said already. */
export default function UnderstandingSide({ ticket, choice }: Props) {
  const { t } = useTranslation()
  const { data, error, refetch } = useQuery(signalsQuery(ticket.id))
  return (
    <section className={styles.side} aria-label={t('signals.title')}>
      <h3>{t('signals.title')}</h3>
      {error && !data ? (
        <ErrorState error={error} retry={refetch} />
      ) : data ? (
        <Signals ticket={ticket} signals={data} choice={choice} />
      ) : (
        <Skeleton lines={3} />
      )}
    </section>
  )
}

function Signals({ ticket, signals, choice }: Props & { signals: TicketSignals }) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (!signals.updated_at) return <p className={styles.hint}>{t('signals.nothing')}</p>
  const language = signals.readings.find(({ head }) => head === 'language')?.label
  return (
    <>
      <Mood signals={signals} />
      <dl className={styles.rows}>
        {judged.map((head: Judged) => (
          <Reading
            key={head}
            ticket={ticket}
            head={head}
            signal={signals.readings.find((one) => one.head === head)}
            {...(head === 'intent' ? choice : {})}
          />
        ))}
        {language && (
          <>
            <dt>{t('signals.heads.language')}</dt>
            <dd className={styles.plain}>{languageName(language, locale)}</dd>
          </>
        )}
      </dl>
      <Known ticket={ticket} slots={signals.slots} />
    </>
  )
}

/** In one line why somebody should look: said first, in words and with a shape of its own. */
function Mood({ signals: { mood, turned_at, hits } }: { signals: TicketSignals }) {
  const { t } = useTranslation()
  if (!mood || !turned_at) return null
  const Icon = mood === 'grave' ? OctagonAlert : Frown
  // Exclamation marks say nothing to a reader who sees the message.
  const words = hits.filter(({ kind }) => kind !== 'tone').map(({ text }) => text)
  const said = [...new Set(words)].slice(0, 5)
  return (
    <p className={styles.mood} role="status">
      <Icon size={15} aria-hidden="true" />
      <span>
        {t(`signals.mood.${mood}`)} <Time at={turned_at} />
        {said.length > 0 && (
          <small>{t('signals.said', { words: said.map((word) => `“${word}”`).join(' ') })}</small>
        )}
      </span>
    </p>
  )
}
