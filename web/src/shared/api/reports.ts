import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import { address, api } from './client'
import type { components } from './schema.gen'

type Schemas = components['schemas']
export type Metric = Schemas['MetricOut']
export type MetricCatalogue = Schemas['MetricCatalogue']
export type Report = Schemas['Report']
export type MetricSeries = Schemas['MetricSeries']
export type ReportGroup = Schemas['ReportGroup']
export type ReportStep = Schemas['ReportStep']
export type ReportRow = Schemas['ReportRow']
export type Dimension = MetricCatalogue['groups'][number]
export type StepSize = MetricCatalogue['steps'][number]

/** Which tickets: the days of a period, both included, and filters by what they belong to. */
export interface ReportScope extends Partial<Record<Dimension, string>> {
  from: string
  to: string
}

export const metricsQuery = queryOptions({
  queryKey: ['reports', 'metrics'],
  queryFn: ({ signal }) => api.get('/reports/metrics', { signal }),
  staleTime: 5 * 60_000,
})

/** All numbers of a period, without their course. */
export const tilesQuery = (keys: string[], scope: ReportScope) =>
  queryOptions({
    queryKey: ['reports', 'tiles', keys, scope],
    queryFn: ({ signal }) =>
      api.get('/reports/query', {
        query: { ...scope, metrics: keys.join(','), steps: false },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** The course of one number, and its groups. */
export const courseQuery = (metric: string, scope: ReportScope, step: StepSize, group: Dimension) =>
  queryOptions({
    queryKey: ['reports', 'course', metric, scope, step, group],
    queryFn: ({ signal }) =>
      api.get('/reports/query', { query: { ...scope, metrics: metric, step, group }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })

/** What is behind a number. */
export const reportRowsQuery = (metric: string, scope: ReportScope) =>
  infiniteQueryOptions({
    queryKey: ['reports', 'rows', metric, scope],
    queryFn: ({ pageParam, signal }) =>
      api.get('/reports/rows', { query: { ...scope, metric, cursor: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

/** Where a browser fetches the same rows as a file. */
export const exportAddress = (metric: string, scope: ReportScope) =>
  address('/reports/export', { query: { ...scope, metric } })
