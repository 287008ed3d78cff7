import type { ModelReport } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { between, percent } from './figures'
import styles from './learning.module.css'
import { Plot } from './Plot'

/** How sure it was, and how often it was right then. On the diagonal it keeps its word. */
export function CalibrationChart({ report }: { report: ModelReport }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Plot
      title={t('learning.calibration')}
      across={t('learning.confidence')}
      diagonal
      points={report.calibration.map(({ confidence, right, examples }) => ({
        x: confidence,
        y: right.value,
        low: right.low,
        high: right.high,
        text: t('learning.calibrationPoint', {
          confidence: percent(confidence, locale),
          share: percent(right.value, locale),
          range: between(right, locale),
          count: examples,
        }),
      }))}
    />
  )
}

/** The more it says, the more often it errs: which part of the messages at which accuracy. */
export function CoverageChart({ report }: { report: ModelReport }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const known = report.coverage.filter(({ examples }) => examples >= 5)
  const lowest = Math.min(1, ...known.map(({ accuracy }) => accuracy.value))
  const from = lowest > 0.75 ? 0.5 : 0
  return (
    <Plot
      title={t('learning.coverage')}
      across={t('learning.saysOf')}
      joined
      from={from}
      points={unlike(known).map(({ threshold, share, accuracy }) => ({
        x: share,
        y: accuracy.value,
        text: t('learning.coveragePoint', {
          threshold: percent(threshold, locale),
          share: percent(share, locale),
          right: percent(accuracy.value, locale),
        }),
      }))}
    >
      {(x, y) => (
        <line
          className={styles.chosen}
          x1={x(report.covered.share)}
          x2={x(report.covered.share)}
          y1={y(1)}
          y2={y(from)}
        />
      )}
    </Plot>
  )
}

/** Thresholds that change nothing are one point. */
function unlike(points: ModelReport['coverage']) {
  return points.filter(
    (one, place) =>
      one.share !== points[place - 1]?.share ||
      one.accuracy.value !== points[place - 1]?.accuracy.value,
  )
}
