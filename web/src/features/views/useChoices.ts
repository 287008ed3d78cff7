import { useQuery } from '@tanstack/react-query'
import { agentsQuery, api, channelsQuery, tagsQuery, teamsQuery } from '@/shared/api'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import type { AskedField } from './tree'

interface Option {
  value: string
  label: string
}

const named = (items: { id: string; name: string }[] | undefined): Option[] =>
  (items ?? []).map(({ id, name }) => ({ value: id, label: name }))

/** What can be chosen for a field; `open` where a word of one's own is a value, too. */
export function useChoices(field: AskedField): { options: Option[]; open: boolean } {
  const { t } = useTranslation()
  const locale = useLocale()
  const { of } = field
  const agents = useQuery({ ...agentsQuery, enabled: of === 'agent' || of === 'person' })
  const teams = useQuery({ ...teamsQuery, enabled: of === 'team' })
  const tags = useQuery({ ...tagsQuery, enabled: of === 'tag' })
  const channels = useQuery({ ...channelsQuery, enabled: of === 'channel' })
  const others = useOthers(of)
  const mine = (option: Option) => (field.impersonal ? [] : [option])
  if (field.choices.length > 0) {
    const options = field.choices.map(({ value, title }) => ({
      value,
      label: localized(title, locale, value),
    }))
    return { options, open: false }
  }
  switch (of) {
    case 'agent':
      return {
        options: [...mine({ value: 'me', label: t('viewEdit.me') }), ...named(agents.data)],
        open: false,
      }
    case 'person':
      return { options: named(agents.data), open: false }
    case 'team':
      return {
        options: [
          ...mine({ value: 'my_teams', label: t('viewEdit.myTeams') }),
          ...named(teams.data),
        ],
        open: false,
      }
    case 'tag':
      return { options: (tags.data ?? []).map((tag) => ({ value: tag, label: tag })), open: true }
    case 'channel':
      return {
        options: (channels.data ?? []).map((channel) => ({
          value: channel.id,
          label: localized(channel.name, locale, channel.id),
        })),
        open: false,
      }
    default:
      return others ? { options: named(others), open: false } : { options: [], open: true }
  }
}

/** Brands, units and inboxes, for those who may see them. */
function useOthers(of: string | null) {
  const path =
    of === 'brand' ? '/brands' : of === 'unit' ? '/units' : of === 'inbox' ? '/inboxes' : null
  const { data } = useQuery({
    queryKey: ['choices', path],
    queryFn: async ({ signal }) => (path ? (await api.get(path, { signal })).items : []),
    enabled: path !== null,
    staleTime: 5 * 60_000,
    retry: false,
  })
  return path ? data : undefined
}
