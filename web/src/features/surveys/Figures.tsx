import { useQuery } from '@tanstack/react-query'
import { type SurveyFigures, summaryQuery } from '@/shared/api/surveys'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './surveys.module.css'

/** Each scale with its figure, how many answered, and how often each score was given. */
export function Figures({ survey }: { survey?: string }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(summaryQuery(survey))
  if (data.length === 0) return null
  return (
    <ul className={styles.figures} aria-label={t('surveys.figures')}>
      {data.map((one) => (
        <Card key={one.kind} one={one} />
      ))}
    </ul>
  )
}

function Card({ one }: { one: SurveyFigures }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const shown = (value: number | null, digits: number) =>
    value === null
      ? '—'
      : new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
  const top = Math.max(1, ...one.counts.map(({ count }) => count))
  const unit = one.kind === 'csat' && one.figure !== null ? '%' : ''
  return (
    <li>
      <h3>{t(`surveys.kinds.${one.kind}`)}</h3>
      <p className={styles.figure}>
        {shown(one.figure, one.kind === 'ces' ? 2 : 1)}
        {unit}
      </p>
      <p className={styles.meaning}>{t(`surveys.meaning.${one.kind}`)}</p>
      <p>
        {t('surveys.answered', {
          answered: one.answered,
          sent: one.sent,
          rate: shown(one.response_rate, 1),
        })}
      </p>
      <ol className={styles.bars}>
        {one.counts.map(({ score, count }) => (
          <li key={score}>
            <span>{score}</span>
            <span className={styles.bar}>
              <span style={{ width: `${(count / top) * 100}%` }} />
            </span>
            <span>{count}</span>
          </li>
        ))}
      </ol>
    </li>
  )
}
