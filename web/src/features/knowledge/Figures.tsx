import { useQuery } from '@tanstack/react-query'
import { type Article, usageQuery } from '@/shared/api/knowledge'
import { useTranslation } from '@/shared/i18n'
import { Card, QueryView } from '@/shared/page'
import styles from './knowledge.module.css'
import { helpfulShare } from './names'

const steps = ['shown', 'opened', 'inserted', 'sent', 'edited', 'resolved'] as const

/** What became of the article in thirty days of answering, and what readers thought of it. */
export function Figures({ article }: { article: Article }) {
  const { t } = useTranslation()
  const query = useQuery(usageQuery(article.id))
  const share = helpfulShare(article)
  return (
    <Card title={t('knowledge.figures')} hint={t('knowledge.figuresHint')}>
      <QueryView query={query} lines={3}>
        {({ articles, totals }) => (
          <dl className={styles.figures}>
            {steps.map((step) => (
              <div key={step}>
                <dt>{t(`knowledge.steps.${step}`)}</dt>
                <dd>{articles[0]?.[step] ?? 0}</dd>
              </div>
            ))}
            <div title={t('knowledge.adoptionHint')}>
              <dt>{t('knowledge.adoption')}</dt>
              <dd>{totals.adoption === null ? '–' : `${Math.round(totals.adoption * 100)}%`}</dd>
            </div>
            <div title={t('knowledge.votes', { yes: article.helpful, no: article.unhelpful })}>
              <dt>{t('knowledge.helpful')}</dt>
              <dd>{share === null ? '–' : `${share}%`}</dd>
            </div>
          </dl>
        )}
      </QueryView>
    </Card>
  )
}
