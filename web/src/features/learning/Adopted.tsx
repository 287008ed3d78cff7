import type { ReportCard } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { between, percent } from './figures'
import styles from './learning.module.css'

/** Whether agents leave standing what was read. */
export function Adopted({ adoption }: { adoption: ReportCard['adoption'] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { kept, seen, corrected, days, weeks } = adoption
  const most = Math.max(1, ...weeks.map((one) => one.seen))
  return (
    <Card title={t('learning.adoption')} hint={t('learning.adoptionHint', { count: days })}>
      {kept === null ? (
        <p className={styles.none}>{t('learning.noAdoption')}</p>
      ) : (
        <>
          <p>
            {t('learning.adopted', {
              share: percent(kept.value, locale),
              range: between(kept, locale),
              seen,
              corrected,
            })}
          </p>
          <ul className={styles.weeks}>
            {weeks.map((one) => (
              <li key={one.week}>
                <span>
                  {new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric' }).format(
                    new Date(one.week),
                  )}
                </span>
                <span className={styles.bar} aria-hidden="true">
                  <span
                    className={styles.stayed}
                    style={{ width: `${((one.seen - one.corrected) / most) * 100}%` }}
                  />
                  <span
                    className={styles.changed}
                    style={{ width: `${(one.corrected / most) * 100}%` }}
                  />
                </span>
                <span>{t('learning.week', { seen: one.seen, corrected: one.corrected })}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}
