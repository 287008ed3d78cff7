import { useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { channelsQuery } from '../api'
import { useLocale } from '../i18n'

/** The codes that a channel gives, in its own words; undefined where it has none for one. */
export function useChannelWords(table: 'checks' | 'reasons' | 'failures') {
  const { data } = useQuery(channelsQuery)
  const locale = useLocale()
  return useCallback(
    (channel: string | undefined, code: string): string | undefined => {
      const strings = data?.find(({ id }) => id === channel)?.strings
      const words = strings?.[locale] ?? strings?.[locale.slice(0, 2)]
      const found = (words?.[table] as Record<string, unknown> | undefined)?.[code]
      return typeof found === 'string' ? found : undefined
    },
    [data, locale, table],
  )
}
