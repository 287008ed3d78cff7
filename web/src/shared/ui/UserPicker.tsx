import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { agentsQuery, type Id } from '../api'
import { matchesName } from '../format'
import { Avatar } from './Avatar'
import styles from './pickers.module.css'

interface Props {
  value: Id | null
  onChange: (id: Id | null) => void
  label: string
  empty: string
  disabled?: boolean
  autoFocus?: boolean
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** Only the members of this team. */
  team?: Id | null
}

/** One agent, found by name or pinyin initials; those online first. */
export function UserPicker({ value, onChange, label, empty, team, ...rest }: Props) {
  const { data = [], isPending } = useQuery(agentsQuery)
  const rank = { online: 0, away: 1, offline: 2 }
  const options = data
    .filter((agent) => agent.active || agent.id === value)
    .filter((agent) => !team || agent.id === value || (agent.teams ?? []).some((id) => id === team))
    .sort((a, b) => rank[a.state] - rank[b.state] || a.name.localeCompare(b.name))
    .map((agent) => ({ value: agent.id, label: agent.name, agent }))
  return (
    <Select
      className={styles.picker}
      aria-label={label}
      // Without the name a person would be shown by number.
      value={isPending ? undefined : (value ?? undefined)}
      loading={isPending}
      onChange={(id: Id | undefined) => onChange(id ?? null)}
      placeholder={empty}
      options={options}
      allowClear
      variant="borderless"
      popupMatchSelectWidth={240}
      showSearch={{ filterOption: (typed, option) => matchesName(option?.agent.name ?? '', typed) }}
      optionRender={({ data: option }) => (
        <span className={styles.option}>
          <Avatar name={option.agent.name} size={22} state={option.agent.state} />
          {option.agent.name}
        </span>
      )}
      {...rest}
    />
  )
}
