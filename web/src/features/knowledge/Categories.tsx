import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select } from 'antd'
import { FolderPlus, Pencil } from 'lucide-react'
import { useState } from 'react'
import { brandsQuery } from '@/shared/api/admin'
import {
  type Category,
  categoriesQuery,
  changeCategory,
  createCategory,
  knowledgeKeys,
  removeCategory,
} from '@/shared/api/knowledge'
import { languages } from '@/shared/article'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, QueryView } from '@/shared/page'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import styles from './knowledge.module.css'
import { asTree, categoryName, categoryOptions } from './names'

interface Props {
  chosen: string | null
  choose: (id: string | null) => void
}

export function Categories({ chosen, choose }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const mayManage = useCan('knowledge:publish')
  const query = useQuery(categoriesQuery)
  const [edited, setEdited] = useState<Category | 'new' | null>(null)
  return (
    <nav className={styles.categories} aria-label={t('knowledge.categories')}>
      <header>
        <h2>{t('knowledge.categories')}</h2>
        {mayManage && (
          <IconButton
            icon={FolderPlus}
            label={t('knowledge.addCategory')}
            onClick={() => setEdited('new')}
          />
        )}
      </header>
      <QueryView query={query} lines={4}>
        {(all) => (
          <ul>
            <li>
              <button type="button" aria-current={chosen === null} onClick={() => choose(null)}>
                {t('knowledge.allArticles')}
              </button>
            </li>
            {asTree(all).map(({ category, depth }) => (
              <li key={category.id} style={{ paddingLeft: depth * 14 }}>
                <button
                  type="button"
                  aria-current={chosen === category.id}
                  onClick={() => choose(category.id)}
                >
                  <span className="truncate">{categoryName(category, locale)}</span>
                </button>
                {mayManage && (
                  <IconButton
                    size="small"
                    icon={Pencil}
                    label={`${t('common.edit')}: ${categoryName(category, locale)}`}
                    onClick={() => setEdited(category)}
                  />
                )}
              </li>
            ))}
          </ul>
        )}
      </QueryView>
      {edited && (
        <CategoryPanel
          category={edited === 'new' ? null : edited}
          all={query.data ?? []}
          close={() => setEdited(null)}
        />
      )}
    </nav>
  )
}

interface Fields {
  names: Record<string, string>
  parent_id: string | null
  brand_id: string | null
  position: number
}

interface PanelProps {
  category: Category | null
  all: Category[]
  close: () => void
}

const main = ['zh-CN', 'en']

function CategoryPanel({ category, all, close }: PanelProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [form] = Form.useForm<Fields>()
  const { data: brands = [] } = useQuery(brandsQuery)
  const initial: Fields = category ?? { names: {}, parent_id: null, brand_id: null, position: 0 }
  const shown = [...new Set([...main, ...Object.keys(initial.names)])]
  function submit(values: Fields) {
    const names = Object.fromEntries(
      Object.entries(values.names).filter(([, name]) => name?.trim()),
    )
    const body = {
      ...values,
      names,
      parent_id: values.parent_id ?? null,
      brand_id: values.brand_id ?? null,
      position: values.position ?? 0,
    }
    return category ? changeCategory(category.id, body) : createCategory(body)
  }
  return (
    <FormPanel
      title={category ? categoryName(category, locale) : t('knowledge.addCategory')}
      form={form}
      initial={initial}
      submit={submit}
      keys={[knowledgeKeys.categories]}
      close={close}
      removal={
        category && {
          title: t('knowledge.removeCategory', { name: categoryName(category, locale) }),
          run: () => removeCategory(category.id),
        }
      }
    >
      {shown.map((code, place) => (
        <Form.Item
          key={code}
          name={['names', code]}
          label={t('knowledge.nameIn', {
            language: languages.find(({ value }) => value === code)?.label ?? code,
          })}
          dependencies={shown.filter((other) => other !== code).map((other) => ['names', other])}
          rules={[
            {
              validator: async () => {
                const given: Record<string, string> = form.getFieldValue('names') ?? {}
                if (!Object.values(given).some((name) => name?.trim())) {
                  throw new Error(t('common.required'))
                }
              },
            },
          ]}
        >
          <Input autoFocus={!category && place === 0} maxLength={100} />
        </Form.Item>
      ))}
      <Form.Item name="parent_id" label={t('knowledge.parent')}>
        <Select
          allowClear
          placeholder={t('knowledge.top')}
          options={categoryOptions(
            all.filter(({ id }) => id !== category?.id),
            locale,
          )}
        />
      </Form.Item>
      <Form.Item name="brand_id" label={t('knowledge.brand')}>
        <Select
          allowClear
          placeholder={t('knowledge.allBrands')}
          options={brands.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item
        name="position"
        label={t('knowledge.position')}
        extra={t('knowledge.positionHint')}
      >
        <InputNumber min={-1000} max={1000} precision={0} />
      </Form.Item>
    </FormPanel>
  )
}
