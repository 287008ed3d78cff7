import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { type Id, teamsQuery } from '@/shared/api'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'

interface Props {
  value: Id | null
  onChange: (team: Id | null) => void
  open: boolean
  onOpenChange: (open: boolean) => void
}

export default function TeamPicker({ value, onChange, ...state }: Props) {
  const { t } = useTranslation()
  const { data = [], isPending } = useQuery(teamsQuery)
  return (
    <Select
      style={{ width: '100%' }}
      variant="borderless"
      aria-label={t('ticket.team')}
      placeholder={t('ticket.noTeam')}
      value={isPending ? undefined : (value ?? undefined)}
      loading={isPending}
      allowClear
      autoFocus
      popupMatchSelectWidth={220}
      options={data.map(({ id, name }) => ({ value: id, label: name }))}
      showSearch={{ filterOption: (typed, option) => matchesName(option?.label ?? '', typed) }}
      onChange={(team?: Id) => onChange(team ?? null)}
      {...state}
    />
  )
}
