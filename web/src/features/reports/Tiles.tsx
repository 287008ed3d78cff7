import { useId, useState } from 'react'
import type { Metric, MetricSeries, Report } from '@/shared/api/reports'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { change, show } from './numbers'
import styles from './reports.module.css'

interface Props {
  metrics: Metric[]
  report: Report
  chosen: string
  choose: (key: string) => void
}

/** All numbers at a glance; what each one counts is said when it is pointed at or has the focus. */
export function Tiles({ metrics, report, chosen, choose }: Props) {
  const { t } = useTranslation()
  return (
    <ul className={styles.tiles} aria-label={t('reports.numbers')}>
      {metrics.map((metric) => {
        const series = report.metrics.find(({ key }) => key === metric.key)
        return series ? (
          <li key={metric.key}>
            <Tile
              metric={metric}
              series={series}
              pressed={metric.key === chosen}
              choose={() => choose(metric.key)}
            />
          </li>
        ) : null
      })}
    </ul>
  )
}

interface TileProps {
  metric: Metric
  series: MetricSeries
  pressed: boolean
  choose: () => void
}

function Tile({ metric, series, pressed, choose }: TileProps) {
  const locale = useLocale()
  const id = useId()
  const [quiet, setQuiet] = useState(false)
  return (
    <>
      <button
        type="button"
        className={styles.tile}
        aria-pressed={pressed}
        aria-describedby={id}
        onClick={choose}
        onKeyDown={({ key }) => key === 'Escape' && setQuiet(true)}
        onBlur={() => setQuiet(false)}
        onPointerLeave={() => setQuiet(false)}
      >
        <span className={styles.name}>{localized(metric.title, locale, metric.key)}</span>
        <span className={styles.value}>{show(series.value, metric.unit, locale)}</span>
        <Difference metric={metric} now={series.value} before={series.previous} />
      </button>
      <span id={id} role="tooltip" className={styles.meaning} hidden={quiet}>
        {localized(metric.definition, locale, '')}
      </span>
    </>
  )
}

/** How a number differs from the period before, with what it was then. */
export function Difference({
  metric,
  now,
  before,
}: {
  metric: Metric
  now: number | null
  before: number | null | undefined
}) {
  const { t } = useTranslation()
  const locale = useLocale()
  const found = change(now, before ?? null, metric, locale)
  const was = show(before, metric.unit, locale)
  if (!found) {
    return (
      <span className={styles.change}>
        {before === null || before === undefined ? '' : t('reports.was', { was })}
      </span>
    )
  }
  return (
    <span className={styles.change} data-tone={found.tone}>
      {found.text} <small>{t('reports.was', { was })}</small>
    </span>
  )
}
