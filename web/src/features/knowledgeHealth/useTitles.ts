import { useQuery } from '@tanstack/react-query'
import { api } from '@/shared/api/client'
import { useLocale } from '@/shared/i18n'

const most = 200

/** The titles of the articles that changed last, in the reader's language where there is one. */
export function useTitles(enabled: boolean): Map<string, string> {
  const locale = useLocale()
  const { data } = useQuery({
    queryKey: ['knowledge', 'titles'],
    queryFn: async ({ signal }) =>
      (await api.get('/knowledge/articles', { query: { limit: most }, signal })).items,
    enabled,
    staleTime: 60_000,
  })
  return new Map(
    data?.map((article) => {
      const text =
        article.texts.find((one) => one.locale.slice(0, 2) === locale.slice(0, 2)) ??
        article.texts[0]
      return [article.id, text?.title ?? '']
    }),
  )
}
