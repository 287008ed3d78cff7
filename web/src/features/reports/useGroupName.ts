import { useQuery } from '@tanstack/react-query'
import { channelsQuery } from '@/shared/api'
import { brandsQuery } from '@/shared/api/admin'
import type { Dimension } from '@/shared/api/reports'
import { useTranslation } from '@/shared/i18n'
import { useChannelName } from '@/shared/ui'

/** What a group is called: by the desk, or by us when it is none. */
export function useGroupName() {
  const { t } = useTranslation()
  const channelName = useChannelName()
  return (dimension: Dimension, id: string | null, name: string | null): string => {
    if (id === null) return t(`reports.none.${dimension}`)
    if (dimension === 'channel') return channelName(id)
    if (dimension === 'priority') return t(`priority.${id as 'normal'}`)
    return name ?? id
  }
}

export function useBrands() {
  const { data: brands = [] } = useQuery(brandsQuery)
  const { data: channels = [] } = useQuery(channelsQuery)
  return { brands, channels }
}
