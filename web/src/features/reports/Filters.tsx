import { useQuery } from '@tanstack/react-query'
import { Button, Select } from 'antd'
import { agentsQuery, tagsQuery, teamsQuery } from '@/shared/api'
import type { Dimension } from '@/shared/api/reports'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import styles from './reports.module.css'
import { dimensions, type ReportsSearch } from './search'
import { useBrands, useGroupName } from './useGroupName'

const priorities = ['urgent', 'high', 'normal', 'low'] as const

interface Props {
  search: ReportsSearch
  change: (search: ReportsSearch) => void
}

/** Only some of the tickets. */
export function Filters({ search, change }: Props) {
  const { t } = useTranslation()
  const options = useOptions()
  const any = dimensions.some((name) => search[name])
  const none = Object.fromEntries(dimensions.map((name) => [name, undefined]))
  return (
    <div className={styles.filters}>
      {dimensions.map((name) => (
        <Select
          key={name}
          className={styles.filter}
          allowClear
          aria-label={t(`reports.by.${name}`)}
          placeholder={t(`reports.by.${name}`)}
          value={search[name]}
          onChange={(value?: string) => change({ ...search, [name]: value })}
          options={options[name]}
          showSearch={{
            filterOption: (typed, option) => matchesName(String(option?.label), typed),
          }}
        />
      ))}
      {any && (
        <Button type="text" onClick={() => change({ ...search, ...none })}>
          {t('kit.clear')}
        </Button>
      )}
    </div>
  )
}

type Option = { value: string; label: string }

function useOptions(): Record<Dimension, Option[]> {
  const nameOf = useGroupName()
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: tags = [] } = useQuery(tagsQuery)
  const { brands, channels } = useBrands()
  const named = (items: { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  const none = (name: Dimension) => ({ value: 'none', label: nameOf(name, null, null) })
  return {
    channel: channels.map(({ id }) => ({ value: id, label: nameOf('channel', id, null) })),
    brand: named(brands),
    team: [...named(teams), none('team')],
    agent: [...named(agents), none('agent')],
    tag: [...tags.map((tag) => ({ value: tag, label: tag })), none('tag')],
    priority: priorities.map((one) => ({ value: one, label: nameOf('priority', one, null) })),
  }
}
