import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select } from 'antd'
import { agentsQuery, teamsQuery } from '@/shared/api'
import { roleNamesQuery } from '@/shared/api/admin'
import type { ApprovalAsk } from '@/shared/api/tasks'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { chosenOf, readChosen } from './approvers'
import styles from './tasks.module.css'

interface Props {
  id?: string
  value?: ApprovalAsk | null
  onChange?: (value: ApprovalAsk | null) => void
  label: string
}

/** People, a team, a role: who is asked, and whether each of them must agree. */
export function ApproverPicker({ id, value, onChange, label }: Props) {
  const { t } = useTranslation()
  const { data: agents = [] } = useQuery(agentsQuery)
  const { data: teams = [] } = useQuery(teamsQuery)
  const { data: roles = [] } = useQuery(roleNamesQuery)
  const named = (kind: string, all: { id: string; name: string }[]) =>
    all.map((one) => ({ value: `${kind}:${one.id}`, label: one.name }))
  const options = [
    {
      label: t('work.approval.people'),
      title: 'people',
      options: named(
        'agent',
        agents.filter(({ active }) => active),
      ),
    },
    { label: t('work.approval.teams'), title: 'teams', options: named('team', teams) },
    { label: t('work.approval.roles'), title: 'roles', options: named('role', roles) },
  ].filter((one) => one.options.length > 0)
  return (
    <div className={styles.approvers}>
      <Select
        id={id}
        size="small"
        mode="multiple"
        aria-label={label}
        placeholder={label}
        title={t('work.approval.oneTeam')}
        value={chosenOf(value)}
        options={options}
        showSearch={{
          filterOption: (typed, option) => matchesName(String(option?.label ?? ''), typed),
        }}
        onChange={(chosen: string[]) => onChange?.(readChosen(chosen, value?.all ?? false))}
      />
      {value && (
        <Checkbox
          checked={value.all ?? false}
          onChange={({ target }) => onChange?.({ ...value, all: target.checked })}
        >
          {t('work.approval.everybody')}
        </Checkbox>
      )}
    </div>
  )
}
