import { useQuery } from '@tanstack/react-query'
import { inferredReportQuery } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, QueryView } from '@/shared/page'
import { between, percent } from './figures'
import styles from './learning.module.css'
import { Plot } from './Plot'

/** What was inferred of customers whom nobody asked, and how far it is from what customers said. */
export function InferredCard() {
  const query = useQuery(inferredReportQuery)
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Card title={t('learning.inferred.title')} hint={t('learning.inferred.hint')}>
      <QueryView query={query} lines={4}>
        {({ days, done, inferred, compared, right, calibration_error, calibration }) =>
          done === 0 ? (
            <p className={styles.none}>{t('learning.inferred.none', { count: days })}</p>
          ) : (
            <>
              <p>
                {t('learning.inferred.coverage', {
                  days,
                  done,
                  inferred,
                  share: percent(inferred / done, locale),
                })}
              </p>
              {right && calibration_error !== null ? (
                <>
                  <p>
                    {t('learning.inferred.right', {
                      count: compared,
                      share: percent(right.value, locale),
                      range: between(right, locale),
                      error: percent(calibration_error, locale),
                    })}
                  </p>
                  <Plot
                    title={t('learning.inferred.title')}
                    across={t('learning.inferred.across')}
                    diagonal
                    points={calibration.flatMap(({ score, good, tickets }) =>
                      good
                        ? {
                            x: score,
                            y: good.value,
                            low: good.low,
                            high: good.high,
                            text: t('learning.inferred.point', {
                              score: percent(score, locale),
                              share: percent(good.value, locale),
                              range: between(good, locale),
                              count: tickets,
                            }),
                          }
                        : [],
                    )}
                  />
                </>
              ) : (
                <p className={styles.none}>{t('learning.inferred.uncompared')}</p>
              )}
            </>
          )
        }
      </QueryView>
    </Card>
  )
}
