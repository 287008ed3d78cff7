import type { ModelReport, ModelVersion, ReportCard } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { between, percent, points, trust } from './figures'
import styles from './learning.module.css'
import { useAgainst } from './useAgainst'

const few = 50

interface Props {
  version: ModelVersion
  report: ModelReport
  adoption: ReportCard['adoption']
}

/** The figures that matter, each as a sentence with how sure one can be of it. */
export function Summary({ version, report, adoption }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const against = useAgainst()
  const { accuracy, covered, comparison, calibration_error } = report
  return (
    <>
      <p className={styles.verdict}>
        <b>
          {t(version.state === 'in_use' ? 'learning.inUse' : 'learning.notInUse', {
            number: version.number,
          })}
        </b>{' '}
        {t('learning.verdict', {
          share: percent(accuracy.value, locale),
          range: between(accuracy, locale),
        })}{' '}
        {t(`learning.methods.${report.method}`, { count: report.examples })}
        {report.examples < few && ` ${t('learning.fewExamples')}`}
      </p>
      <ul className={styles.tiles}>
        <Tile
          name={t('learning.accuracy')}
          value={percent(accuracy.value, locale)}
          note={between(accuracy, locale)}
        />
        <Tile
          name={t('learning.covered')}
          value={percent(covered.share, locale)}
          note={t('learning.coveredNote', {
            share: percent(covered.accuracy.value, locale),
            threshold: percent(covered.threshold, locale),
          })}
        />
        <Tile
          name={t('learning.trust')}
          value={t(`learning.trusts.${trust(calibration_error)}`)}
          note={t('learning.trustNote', {
            share: new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(
              calibration_error * 100,
            ),
          })}
        />
        <Tile
          name={t('learning.compared', { other: against(comparison.against) })}
          value={t('learning.points', { points: points(comparison.difference.value, locale) })}
          note={t('learning.comparedNote', {
            low: points(comparison.difference.low, locale),
            high: points(comparison.difference.high, locale),
            count: comparison.examples,
          })}
        />
        <Tile
          name={t('learning.kept')}
          value={adoption.kept ? percent(adoption.kept.value, locale) : '—'}
          note={t('learning.keptNote', { corrected: adoption.corrected, seen: adoption.seen })}
        />
      </ul>
    </>
  )
}

function Tile({ name, value, note }: { name: string; value: string; note: string }) {
  return (
    <li>
      <h3>{name}</h3>
      <p className={styles.figure}>{value}</p>
      <p className={styles.note}>{note}</p>
    </li>
  )
}
