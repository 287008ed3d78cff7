import type { SkillStanding } from '@/shared/api/skills'
import { useLocale, useTranslation } from '@/shared/i18n'
import { open, percent } from './figures'
import styles from './skills.module.css'

/** What stands between a skill and its next level. */
export function Missing({ standing }: { standing: SkillStanding }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { missing } = standing
  if (!missing) return <p className={styles.soft}>{t('skills.atTop')}</p>
  const values = {
    count: missing.results,
    share: percent(missing.share, locale),
    low: percent(missing.low, locale),
    level: t(`skills.levels.${missing.level}`),
  }
  return (
    <div className={styles.missing}>
      <span>{t('skills.missing', values)}</span>
      <ul>
        {open(standing).map((need) => (
          <li key={need}>{t(`skills.needs.${need}`, values)}</li>
        ))}
      </ul>
    </div>
  )
}
