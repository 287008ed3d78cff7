import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { agentsQuery, nameOf } from '@/shared/api'
import { type ArticleRow, categoriesQuery, type TextState } from '@/shared/api/knowledge'
import { languageName } from '@/shared/article'
import { useLocale, useTranslation } from '@/shared/i18n'
import { type Column, rowLink, Small, Table } from '@/shared/page'
import { Tag, Time, type Tone } from '@/shared/ui'
import styles from './knowledge.module.css'
import { categoryName, helpfulShare, textOf } from './names'

export const tones: Record<TextState['state'], Tone> = {
  draft: 'warn',
  published: 'ok',
  archived: 'neutral',
}

export function ArticleTable({ articles }: { articles: ArticleRow[] }) {
  const { t } = useTranslation()
  return (
    <Table
      label={t('knowledge.title')}
      rows={articles}
      keyOf={({ id }) => id}
      opens
      columns={useColumns()}
    />
  )
}

function useColumns(): Column<ArticleRow>[] {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: agents } = useQuery(agentsQuery)
  const { data: categories = [] } = useQuery(categoriesQuery)
  const placeOf = ({ category_id }: ArticleRow) => {
    const found = categories.find(({ id }) => id === category_id)
    return found ? categoryName(found, locale) : ''
  }
  return [
    {
      key: 'title',
      title: t('knowledge.articleTitle'),
      cell: (article) => (
        <>
          <Link to="/knowledge/$id" params={{ id: article.id }} className={rowLink}>
            {textOf(article, locale)?.title ?? t('knowledge.untitled')}
          </Link>
          {placeOf(article) && <Small>{placeOf(article)}</Small>}
        </>
      ),
    },
    {
      key: 'languages',
      title: t('knowledge.languages'),
      width: 210,
      cell: ({ texts }) => (
        <span className={styles.tags}>
          {texts.map((text) => (
            <Tag key={text.locale} tone={tones[text.state]}>
              {languageName(text.locale)} · {t(`knowledge.states.${text.state}`)}
            </Tag>
          ))}
        </span>
      ),
    },
    {
      key: 'audience',
      title: t('knowledge.audience'),
      width: 120,
      cell: ({ audience }) => t(`knowledge.audiences.${audience}`),
    },
    {
      key: 'owner',
      title: t('knowledge.owner'),
      width: 120,
      cell: ({ owner_id, review_on, review_due }) => (
        <>
          {nameOf(agents, owner_id) ?? ''}
          {review_on && (
            <Small>
              {review_due ? (
                <Tag tone="danger">{t('knowledge.dueOn', { date: review_on })}</Tag>
              ) : (
                t('knowledge.reviewOn', { date: review_on })
              )}
            </Small>
          )}
        </>
      ),
    },
    {
      key: 'helpful',
      title: t('knowledge.helpful'),
      width: 90,
      end: true,
      cell: (article) => {
        const share = helpfulShare(article)
        return share === null ? (
          ''
        ) : (
          <span title={t('knowledge.votes', { yes: article.helpful, no: article.unhelpful })}>
            {share}%
          </span>
        )
      },
    },
    {
      key: 'updated',
      title: t('knowledge.updated'),
      width: 100,
      end: true,
      cell: ({ updated_at }) => <Time at={updated_at} />,
    },
  ]
}
