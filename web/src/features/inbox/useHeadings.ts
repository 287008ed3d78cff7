import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { agentsQuery, channelsQuery, nameOf, type TicketRow, teamsQuery } from '@/shared/api'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useStatuses } from '@/shared/ui'

const values: Record<string, (row: TicketRow) => string | null> = {
  status: (row) => row.status,
  priority: (row) => row.priority,
  assignee: (row) => row.assignee_id,
  team: (row) => row.team_id,
  channel: (row) => row.channel,
  type: (row) => row.type,
}

/** The places where a group begins: rows that differ from the one above, with their value. */
export function groupsOf(by: string | null | undefined, rows: TicketRow[]): (string | null)[] {
  const value = by ? values[by] : undefined
  if (!value) return []
  return rows.map((row, at) => {
    const mine = value(row) ?? ''
    const above = rows[at - 1]
    return above && (value(above) ?? '') === mine ? null : mine
  })
}

/** What stands above the groups of a view. */
export function useHeadings(by: string | null | undefined, rows: TicketRow[]): (string | null)[] {
  const { t } = useTranslation()
  const statuses = useStatuses()
  const locale = useLocale()
  const { data: channels } = useQuery({ ...channelsQuery, enabled: by === 'channel' })
  const { data: agents } = useQuery({ ...agentsQuery, enabled: by === 'assignee' })
  const { data: teams } = useQuery({ ...teamsQuery, enabled: by === 'team' })
  const groups = useMemo(() => groupsOf(by, rows), [by, rows])
  const named = (value: string): string => {
    switch (by) {
      case 'status':
        return statuses.name(value)
      case 'priority':
        return t(`priority.${value}` as 'priority.high')
      case 'assignee':
        return (value && nameOf(agents, value)) || t('list.unassigned')
      case 'team':
        return (value && nameOf(teams, value)) || t('list.noTeam')
      case 'channel':
        return localized(channels?.find(({ id }) => id === value)?.name, locale, value)
      default:
        return value || t('list.noType')
    }
  }
  return groups.map((value) => (value === null ? null : named(value)))
}
