import type { Finding } from '@/shared/api/upkeep'
import { useLocale, useTranslation } from '@/shared/i18n'
import { ButtonLink, Tag } from '@/shared/ui'
import { Evidence, Settle } from './Evidence'
import styles from './health.module.css'

/** An article that time or tickets speak against. */
export function Stale({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  return (
    <article className={styles.finding}>
      <div>
        <h3>{finding.title}</h3>
        <p className={styles.facts}>
          {finding.reason && (
            <Tag tone={finding.reason === 'review' ? 'info' : 'warn'}>
              {t(`upkeep.stale.reasons.${finding.reason}`)}
            </Tag>
          )}
          <Why finding={finding} />
        </p>
        {finding.ours && <blockquote>{finding.ours}</blockquote>}
        <Evidence quotes={finding.quotes} />
      </div>
      <div className={styles.actions}>
        {finding.article_id && (
          <ButtonLink
            to="/knowledge/$id"
            params={{ id: finding.article_id }}
            search={{ language: finding.locale }}
          >
            {t('upkeep.edit')}
          </ButtonLink>
        )}
        <Settle finding={finding} />
      </div>
    </article>
  )
}

function Why({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const share = (value: number | null) =>
    new Intl.NumberFormat(locale, { style: 'percent' }).format(value ?? 0)
  const { count, of, reason } = finding
  switch (reason) {
    case 'review':
      return <span>{t('upkeep.stale.review', { date: finding.due ?? '', count })}</span>
    case 'unhelpful':
      return (
        <span>
          {t('upkeep.stale.unhelpful', {
            count,
            of,
            share: share(finding.share),
            usual: share(finding.usual),
          })}
        </span>
      )
    case 'edited':
      return <span>{t('upkeep.stale.edited', { count, of })}</span>
    case 'value':
      return <span>{t('upkeep.stale.value', { count })}</span>
    case '':
      return null
    default:
      return reason satisfies never
  }
}
