import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { type Article, feedbackQuery } from '@/shared/api/knowledge'
import { languageName } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { Card, QueryView } from '@/shared/page'
import { Time } from '@/shared/ui'
import styles from './knowledge.module.css'

/** What readers said on the help pages, the newest first. */
export function Feedback({ article }: { article: Article }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery(feedbackQuery(article.id))
  const items = query.data?.pages.flatMap((page) => page.items)
  return (
    <Card title={t('knowledge.feedback')}>
      <p className={styles.votes}>
        <span>
          <ThumbsUp size={14} aria-hidden="true" /> {t('knowledge.yes', { count: article.helpful })}
        </span>
        <span>
          <ThumbsDown size={14} aria-hidden="true" />{' '}
          {t('knowledge.no', { count: article.unhelpful })}
        </span>
      </p>
      <QueryView query={{ ...query, data: items }} lines={2}>
        {(all) => (
          <ul className={styles.comments}>
            {all
              .filter(({ comment }) => comment)
              .map((one) => (
                <li key={one.id}>
                  <p>{one.comment}</p>
                  <small>
                    {one.helpful ? t('knowledge.saidYes') : t('knowledge.saidNo')} ·{' '}
                    {languageName(one.locale)} · <Time at={one.at} />
                  </small>
                </li>
              ))}
          </ul>
        )}
      </QueryView>
      {query.hasNextPage && (
        <Button size="small" onClick={() => void query.fetchNextPage()}>
          {t('common.loadMore')}
        </Button>
      )}
    </Card>
  )
}
