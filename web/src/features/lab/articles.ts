import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from '@/shared/api'

/** Published articles by words, for those who choose what answers a question. */
export const articlesFoundQuery = (q: string) =>
  queryOptions({
    queryKey: ['lab', 'articles', q],
    queryFn: async ({ signal }) => {
      const page = await api.get('/knowledge/articles', {
        query: { q, state: 'published', limit: 30 },
        signal,
      })
      return page.items.map(({ id, texts }) => ({ id, title: texts[0]?.title ?? id }))
    },
    placeholderData: keepPreviousData,
  })
