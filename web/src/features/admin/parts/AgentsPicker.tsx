import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { agentsQuery, type Id } from '@/shared/api'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import styles from './parts.module.css'

interface Props {
  id?: string
  'aria-label'?: string
  value?: Id[]
  onChange?: (ids: Id[]) => void
}

export function AgentsPicker(props: Props) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(agentsQuery)
  return (
    <Select
      mode="multiple"
      placeholder={t('admin.teams.choose')}
      options={data
        .filter((agent) => agent.active || props.value?.includes(agent.id))
        .map((agent) => ({ value: agent.id, label: agent.name, email: agent.email }))}
      showSearch={{
        filterOption: (typed, option) => matchesName(`${option?.label} ${option?.email}`, typed),
      }}
      optionRender={({ data: { label, email } }) => (
        <span className={styles.option}>
          <Avatar name={label} size={22} />
          {label}
          <small>{email}</small>
        </span>
      )}
      {...props}
    />
  )
}
