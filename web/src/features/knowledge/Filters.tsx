import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { agentsQuery } from '@/shared/api'
import { languages } from '@/shared/article'
import { useTranslation } from '@/shared/i18n'
import { Bar, SearchBox } from '@/shared/page'
import { useMyId } from '@/shared/session'
import type { KnowledgeSearch } from './KnowledgePage'
import styles from './knowledge.module.css'

const states = ['draft', 'published', 'archived'] as const

interface Props {
  search: KnowledgeSearch
  change: (search: KnowledgeSearch) => void
}

export function Filters({ search, change }: Props) {
  const { t } = useTranslation()
  const { data: agents = [] } = useQuery(agentsQuery)
  const me = useMyId()
  const people = [...agents].sort((a, b) => Number(b.id === me) - Number(a.id === me))
  const set = (part: KnowledgeSearch) => change({ ...search, ...part })
  return (
    <Bar>
      <SearchBox
        value={search.q ?? ''}
        label={t('knowledge.search')}
        onChange={(q) => set({ q: q || undefined })}
      />
      <Select
        className={styles.filter}
        aria-label={t('knowledge.state')}
        placeholder={t('knowledge.state')}
        allowClear
        value={search.state ?? null}
        onChange={(state) => set({ state: state ?? undefined })}
        options={states.map((value) => ({ value, label: t(`knowledge.states.${value}`) }))}
      />
      <Select
        className={styles.filter}
        aria-label={t('knowledge.language')}
        placeholder={t('knowledge.language')}
        allowClear
        showSearch
        value={search.locale ?? null}
        onChange={(locale) => set({ locale: locale ?? undefined })}
        options={languages}
      />
      <Select
        className={styles.filter}
        aria-label={t('knowledge.owner')}
        placeholder={t('knowledge.owner')}
        allowClear
        showSearch={{ optionFilterProp: 'label' }}
        value={search.owner ? String(search.owner) : null}
        onChange={(owner) => set({ owner: owner ?? undefined })}
        options={people.map(({ id, name }) => ({
          value: id,
          label: id === me ? `${name} (${t('common.you')})` : name,
        }))}
      />
      <Select
        className={styles.filter}
        aria-label={t('knowledge.review')}
        placeholder={t('knowledge.review')}
        allowClear
        value={search.review ?? null}
        onChange={(review) => set({ review: review ?? undefined })}
        options={[{ value: 'due' as const, label: t('knowledge.reviewDue') }]}
      />
    </Bar>
  )
}
