import type { Measure } from '@/shared/api/system'
import { useTranslation } from '@/shared/i18n'
import { looks } from './figures'
import styles from './health.module.css'

const height = 36
const heights = { none: 2, ok: 14, low: height }

/** A column a step: low and calm where the goal is kept, tall where it is not, a dash without data. */
export function Steps({ measure, name }: { measure: Measure; name: string }) {
  const { t } = useTranslation()
  const found = looks(measure)
  const low = found.filter((look) => look === 'low').length
  return (
    <svg
      className={styles.steps}
      viewBox={`0 0 ${found.length * 6} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('system.chart', { name, low, total: found.length })}
    >
      {found.map((look, place) => (
        <rect
          key={measure.points[place]?.at}
          data-look={look}
          x={place * 6 + 1}
          y={height - heights[look]}
          width={4}
          height={heights[look]}
        />
      ))}
    </svg>
  )
}
