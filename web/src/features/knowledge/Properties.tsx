import { useQuery, useQueryClient } from '@tanstack/react-query'
import { DatePicker, Form, Select } from 'antd'
import dayjs from 'dayjs'
import { agentsQuery } from '@/shared/api'
import { brandsQuery } from '@/shared/api/admin'
import {
  type Article,
  type ArticleChange,
  articleQuery,
  categoriesQuery,
  changeArticle,
  knowledgeKeys,
} from '@/shared/api/knowledge'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { Tag, TagPicker } from '@/shared/ui'
import styles from './knowledge.module.css'
import { audiences } from './NewArticle'
import { categoryOptions } from './names'

/** What holds for all languages; each change is saved at once. */
export function Properties({ article }: { article: Article }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const client = useQueryClient()
  const mayEdit = useCan('knowledge:edit')
  const mayPublish = useCan('knowledge:publish')
  const { run, busy } = useAction()
  const { data: categories = [] } = useQuery(categoriesQuery)
  const { data: brands = [] } = useQuery(brandsQuery)
  const { data: agents = [] } = useQuery(agentsQuery)
  const change = async (body: ArticleChange) => {
    const answer = await run(() => changeArticle(article.id, body), {
      keys: [[...knowledgeKeys.all, 'list']],
    })
    if (answer) client.setQueryData(articleQuery(article.id).queryKey, answer)
  }
  // Who may read what is published is the publisher's to say.
  const isShown = article.texts.some(({ state }) => state === 'published')
  const mayOpen = mayEdit && (mayPublish || !isShown)
  return (
    <Card title={t('knowledge.properties')}>
      <Form layout="vertical" disabled={!mayEdit || busy !== null} className={styles.properties}>
        <Form.Item label={t('knowledge.category')} htmlFor="article-category">
          <Select
            id="article-category"
            allowClear
            placeholder={t('common.none')}
            value={article.category_id}
            options={categoryOptions(categories, locale)}
            onChange={(value) => void change({ category_id: value ?? null })}
          />
        </Form.Item>
        {brands.length > 1 && (
          <Form.Item label={t('knowledge.brand')} htmlFor="article-brand">
            <Select
              id="article-brand"
              allowClear
              disabled={!mayOpen}
              placeholder={t('knowledge.allBrands')}
              value={article.brand_id}
              options={brands.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(value) => void change({ brand_id: value ?? null })}
            />
          </Form.Item>
        )}
        <Form.Item label={t('knowledge.audience')} htmlFor="article-audience">
          <Select
            id="article-audience"
            disabled={!mayOpen}
            value={article.audience}
            options={audiences.map((value) => ({
              value,
              label: t(`knowledge.audiences.${value}`),
            }))}
            onChange={(audience) => void change({ audience })}
          />
        </Form.Item>
        {article.audience === 'tagged' && (
          <Form.Item label={t('knowledge.tags')} extra={t('knowledge.tagsHint')}>
            <TagPicker
              label={t('knowledge.tags')}
              placeholder={t('knowledge.tags')}
              variant="outlined"
              value={article.audience_tags}
              onChange={(audience_tags) => void change({ audience_tags })}
            />
          </Form.Item>
        )}
        <Form.Item label={t('knowledge.owner')} htmlFor="article-owner">
          <Select
            id="article-owner"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder={t('common.none')}
            value={article.owner_id}
            options={agents.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(value) => void change({ owner_id: value ?? null })}
          />
        </Form.Item>
        <Form.Item
          label={
            <>
              {t('knowledge.reviewDate')}{' '}
              {article.review_due && <Tag tone="danger">{t('knowledge.due')}</Tag>}
            </>
          }
          htmlFor="article-review"
        >
          <DatePicker
            id="article-review"
            value={article.review_on ? dayjs(article.review_on) : null}
            onChange={(day) => void change({ review_on: day ? day.format('YYYY-MM-DD') : null })}
          />
        </Form.Item>
      </Form>
    </Card>
  )
}
