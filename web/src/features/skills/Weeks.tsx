import type { Skill } from '@/shared/api/skills'
import { useLocale, useTranslation } from '@/shared/i18n'
import { percent } from './figures'
import styles from './skills.module.css'

const tallest = 62 // pixels

/** How often it was right, week by week. */
export function Weeks({ weeks }: { weeks: Skill['weeks'] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (weeks.length === 0) return null
  const day = new Intl.DateTimeFormat(locale, { month: 'numeric', day: 'numeric' })
  return (
    <ul className={styles.weeks} aria-label={t('skills.weeks')}>
      {weeks.map(({ week, right, judged }) => {
        const name = t('skills.week', { week: day.format(new Date(week)), right, judged })
        return (
          <li key={week} title={name}>
            <span className="sr-only">{name}</span>
            <i aria-hidden="true" style={{ height: Math.max(3, (right / judged) * tallest) }} />
            <small aria-hidden="true">{percent(right / judged, locale)}</small>
          </li>
        )
      })}
    </ul>
  )
}
