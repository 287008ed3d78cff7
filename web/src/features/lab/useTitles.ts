import { useQuery } from '@tanstack/react-query'
import type { Kind } from '@/shared/api/lab'
import { labelNamesQuery } from '@/shared/api/learning'
import { useLocale } from '@/shared/i18n'

/** Labels in words, where the program knows them; articles by their titles. */
export function useTitles(kind: Kind, articles: Record<string, string> = {}) {
  const locale = useLocale()
  const { data: labels = [] } = useQuery({
    ...labelNamesQuery(kind === 'retrieval' ? 'satisfaction' : kind),
    enabled: kind !== 'retrieval',
  })
  return (name: string) => {
    if (kind === 'retrieval') return articles[name] ?? name
    return labels.find(({ label }) => label === name)?.title[locale] ?? name
  }
}
