import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { agentsQuery, channelsQuery, type FilterField, nameOf, teamsQuery } from '@/shared/api'
import { localized, useLocale } from '@/shared/i18n'
import { useZone } from '@/shared/ui'
import type { NameOf } from './describe'

const moment = /^\d{4}-\d\d-\d\dT/

/** How values are called: people, teams, channels and statuses by name, times as they are read here. */
export function useNames(): NameOf {
  const locale = useLocale()
  const zone = useZone()
  const { data: agents } = useQuery(agentsQuery)
  const { data: teams } = useQuery(teamsQuery)
  const { data: channels } = useQuery(channelsQuery)
  return useCallback(
    (field: FilterField, value: unknown) => {
      const text = String(value)
      const choice = field.choices.find((item) => item.value === text)
      if (choice) return localized(choice.title, locale, text)
      if (field.of === 'agent') return nameOf(agents, text) ?? text
      if (field.of === 'team') return nameOf(teams, text) ?? text
      if (field.of === 'channel')
        return localized(channels?.find((item) => item.id === text)?.name, locale, text)
      if (field.kind === 'time' && moment.test(text)) {
        return new Date(text).toLocaleString(locale, {
          timeZone: zone,
          dateStyle: 'medium',
          timeStyle: 'short',
        })
      }
      return text
    },
    [locale, zone, agents, teams, channels],
  )
}
