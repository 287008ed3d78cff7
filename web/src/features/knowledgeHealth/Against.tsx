import type { Finding } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { ButtonLink } from '@/shared/ui'
import { Settle } from './Evidence'
import styles from './health.module.css'

/** Two articles that say different things of the same, sentence beside sentence. */
export function Against({ finding }: { finding: Finding }) {
  const { t } = useTranslation()
  const [first = '', second = ''] = finding.title.split(' ↔ ')
  return (
    <article className={styles.finding}>
      <div>
        <h3>{finding.title}</h3>
        {finding.pairs.map(({ ours, theirs }) => (
          <dl key={`${ours} ${theirs}`} className={styles.pair}>
            <div>
              <dt>{t('upkeep.against.first', { title: first })}</dt>
              <dd>{ours}</dd>
            </div>
            <div>
              <dt>{t('upkeep.against.second', { title: second })}</dt>
              <dd>{theirs}</dd>
            </div>
          </dl>
        ))}
      </div>
      <div className={styles.actions}>
        {finding.article_id && (
          <ButtonLink to="/knowledge/$id" params={{ id: finding.article_id }}>
            {t('upkeep.openArticle')}
          </ButtonLink>
        )}
        {finding.other_id && (
          <ButtonLink to="/knowledge/$id" params={{ id: finding.other_id }}>
            {t('upkeep.other')}
          </ButtonLink>
        )}
        <Settle finding={finding} />
      </div>
    </article>
  )
}
