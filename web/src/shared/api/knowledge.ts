import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiError, address, api } from './client'
import type { Answer, Body, Query } from './typed'
import type { Id } from './types'

export type Category = Answer<'get', '/knowledge/categories'>['items'][number]
export type CategoryIn = Body<'post', '/knowledge/categories'>
export type ArticleRow = Answer<'get', '/knowledge/articles'>['items'][number]
export type Article = Answer<'get', '/knowledge/articles/{article_id}'>
export type ArticleIn = Body<'post', '/knowledge/articles'>
export type ArticleChange = Body<'patch', '/knowledge/articles/{article_id}'>
export type TextState = ArticleRow['texts'][number]
export type Content = Article['contents'][number]
export type Audience = ArticleRow['audience']
export type ArticleState = TextState['state']
export type ArticleFilter = Pick<
  Query<'get', '/knowledge/articles'>,
  'q' | 'category' | 'brand' | 'state' | 'locale' | 'owner' | 'review'
>
export type DiffLine = Answer<
  'get',
  '/knowledge/articles/{article_id}/texts/{locale}/diff'
>['body'][number]
export type Document = Answer<'post', '/knowledge/documents'>

const root = ['knowledge']
export const knowledgeKeys = { all: root, categories: [...root, 'categories'] }

export const categoriesQuery = queryOptions({
  queryKey: knowledgeKeys.categories,
  queryFn: async ({ signal }) => (await api.get('/knowledge/categories', { signal })).items,
})
export const createCategory = (body: CategoryIn) => api.post('/knowledge/categories', { body })
export const changeCategory = (
  id: Id,
  body: Body<'patch', '/knowledge/categories/{category_id}'>,
) => api.patch('/knowledge/categories/{category_id}', { path: { category_id: id }, body })
export const removeCategory = (id: Id) =>
  api.delete('/knowledge/categories/{category_id}', { path: { category_id: id } })

export const articlesQuery = (filter: ArticleFilter) =>
  infiniteQueryOptions({
    queryKey: [...root, 'list', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get('/knowledge/articles', {
        query: { ...filter, limit: 50, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
    staleTime: 15_000,
  })

const at = (id: Id) => ({ path: { article_id: id } })
const text = (id: Id, locale: string) => ({ path: { article_id: id, locale } })

export const articleQuery = (id: Id) =>
  queryOptions({
    queryKey: [...root, 'article', id],
    queryFn: ({ signal }) => api.get('/knowledge/articles/{article_id}', { ...at(id), signal }),
  })
export const createArticle = (body: ArticleIn) => api.post('/knowledge/articles', { body })
export const changeArticle = (id: Id, body: ArticleChange) =>
  api.patch('/knowledge/articles/{article_id}', { ...at(id), body })
export const saveText = (
  id: Id,
  locale: string,
  body: Body<'put', '/knowledge/articles/{article_id}/texts/{locale}'>,
) => api.put('/knowledge/articles/{article_id}/texts/{locale}', { ...text(id, locale), body })
export const setQuestions = (id: Id, locale: string, questions: string[]) =>
  api.put('/knowledge/articles/{article_id}/texts/{locale}/questions', {
    ...text(id, locale),
    body: { questions },
  })
export const publishText = (id: Id, locale: string) =>
  api.post('/knowledge/articles/{article_id}/texts/{locale}/publish', {
    ...text(id, locale),
    body: {},
  })
export const archiveText = (id: Id, locale: string) =>
  api.post('/knowledge/articles/{article_id}/texts/{locale}/archive', text(id, locale))
export const bringBack = (id: Id, locale: string, version: number) =>
  api.post('/knowledge/articles/{article_id}/texts/{locale}/rollback', {
    ...text(id, locale),
    body: { version },
  })

export const versionsQuery = (id: Id, locale: string) =>
  infiniteQueryOptions({
    queryKey: [...root, 'article', id, locale, 'versions'],
    queryFn: ({ pageParam, signal }) =>
      api.get('/knowledge/articles/{article_id}/texts/{locale}/versions', {
        ...text(id, locale),
        query: { limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
  })
export const diffQuery = (id: Id, locale: string, old: number, fresh: number) =>
  queryOptions({
    queryKey: [...root, 'article', id, locale, 'diff', old, fresh],
    queryFn: ({ signal }) =>
      api.get('/knowledge/articles/{article_id}/texts/{locale}/diff', {
        ...text(id, locale),
        query: { old, new: fresh },
        signal,
      }),
  })

export const feedbackQuery = (id: Id) =>
  infiniteQueryOptions({
    queryKey: [...root, 'article', id, 'feedback'],
    queryFn: ({ pageParam, signal }) =>
      api.get('/knowledge/articles/{article_id}/feedback', {
        ...at(id),
        query: { limit: 20, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor ?? null,
  })
export const usageQuery = (article?: Id) =>
  queryOptions({
    queryKey: [...root, 'usage', article ?? ''],
    queryFn: ({ signal }) => api.get('/knowledge/usage', { query: { article }, signal }),
  })

/** What a document would be as an article; nothing is kept but its pictures. */
export async function previewDocument(file: File): Promise<Document> {
  const body = new FormData()
  body.append('data', file)
  const answer = await fetch(address('/knowledge/documents'), {
    method: 'POST',
    body,
    credentials: 'same-origin',
    headers: { 'X-Yizhan': '1' },
  })
  const found = await answer.json().catch(() => ({}))
  if (!answer.ok) {
    throw new ApiError({ status: answer.status, code: `http_${answer.status}`, ...found }, null)
  }
  return found
}
