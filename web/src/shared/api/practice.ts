import { queryOptions } from '@tanstack/react-query'
import { api } from './client'

type Locale = 'zh-CN' | 'en'

/** Written conversations whose customer answers by itself, and which of them one has begun. */
export const practiceQuery = (locale: Locale) =>
  queryOptions({
    queryKey: ['practice', locale],
    queryFn: ({ signal }) => api.get('/practice', { query: { locale }, signal }),
    staleTime: 0,
  })
export const practiceKey = ['practice']

export const startPractice = async (scene: string, locale: Locale) =>
  (await api.post('/practice', { body: { scene, locale } })).ticket_id
export const removePractice = () => api.delete('/practice').then(() => true)
