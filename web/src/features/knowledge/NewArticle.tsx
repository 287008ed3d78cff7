import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Select } from 'antd'
import { brandsQuery } from '@/shared/api/admin'
import {
  type Audience,
  categoriesQuery,
  createArticle,
  knowledgeKeys,
} from '@/shared/api/knowledge'
import { languages } from '@/shared/article'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText } from '@/shared/page'
import { categoryOptions } from './names'

export const audiences: Audience[] = ['public', 'customers', 'tagged', 'agents']

export interface Placing {
  locale: string
  title: string
  category_id?: string | null
  brand_id?: string | null
  audience: Audience
}

/** Where an article belongs: the same for one that is written and one that is imported. */
export function PlacingFields({ focus = false }: { focus?: boolean }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: categories = [] } = useQuery(categoriesQuery)
  const { data: brands = [] } = useQuery(brandsQuery)
  return (
    <>
      <RequiredText
        name="title"
        label={t('knowledge.articleTitle')}
        autoFocus={focus}
        maxLength={300}
      />
      <Form.Item name="locale" label={t('knowledge.language')}>
        <Select options={languages} showSearch />
      </Form.Item>
      <Form.Item name="category_id" label={t('knowledge.category')}>
        <Select
          allowClear
          placeholder={t('common.none')}
          options={categoryOptions(categories, locale)}
        />
      </Form.Item>
      {brands.length > 1 && (
        <Form.Item name="brand_id" label={t('knowledge.brand')}>
          <Select
            allowClear
            placeholder={t('knowledge.allBrands')}
            options={brands.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      )}
      <Form.Item name="audience" label={t('knowledge.audience')}>
        <Select
          options={audiences
            .filter((value) => value !== 'tagged')
            .map((value) => ({ value, label: t(`knowledge.audiences.${value}`) }))}
        />
      </Form.Item>
    </>
  )
}

export function NewArticle({ category, close }: { category: string | null; close: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const navigate = useNavigate()
  const [form] = Form.useForm<Placing>()
  async function submit(values: Placing) {
    const made = await createArticle({
      ...values,
      category_id: values.category_id ?? null,
      brand_id: values.brand_id ?? null,
    })
    void navigate({ to: '/knowledge/$id', params: { id: made.id } })
  }
  return (
    <FormPanel
      title={t('knowledge.add')}
      form={form}
      initial={{ locale, category_id: category, audience: 'public' }}
      submit={submit}
      submitText={t('common.create')}
      done={null}
      keys={[knowledgeKeys.all]}
      close={close}
    >
      <PlacingFields focus />
    </FormPanel>
  )
}
