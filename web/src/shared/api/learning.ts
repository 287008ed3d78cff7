import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']
export type Learning = Schemas['Learning']
export type LearningSettings = Schemas['LearningSettings']
export type LearningChange = Schemas['LearningChange']
export type HeadState = Schemas['HeadState']
export type Head = HeadState['head']
export type ModelVersion = Schemas['ModelVersion']
export type ModelReport = Schemas['ModelReport']
export type ReportCard = Schemas['ReportCard']
export type Measured = Schemas['Measured']
export type WeakLabel = Schemas['WeakLabel']
export type LabelSet = Schemas['LabelSet']
export type AskedMessage = Schemas['AskedMessage']
export type SignalLabel = Schemas['SignalLabel']

export const heads: Head[] = ['intent', 'category', 'emotion', 'urgency', 'satisfaction']
/** Customers alone say how satisfied they are; of everything else agents are asked. */
export const askedHeads: Head[] = ['intent', 'category', 'emotion', 'urgency']

export const learningKey = ['learning'] as const
const soon = 1000

export const learningQuery = queryOptions({
  queryKey: [...learningKey, 'overview'],
  queryFn: ({ signal }) => api.get('/learning', { signal }),
})
export const cardQuery = (head: Head) =>
  queryOptions({
    queryKey: [...learningKey, 'card', head],
    queryFn: ({ signal }) => api.get('/learning/card', { query: { head }, signal }),
  })
/** Inferred satisfaction beside what customers said. */
export const inferredReportQuery = queryOptions({
  queryKey: [...learningKey, 'satisfaction'],
  queryFn: ({ signal }) => api.get('/learning/satisfaction', { signal }),
})
export const labelSetQuery = (head: Head) =>
  queryOptions({
    queryKey: [...learningKey, 'labels', head],
    queryFn: ({ signal }) => api.get('/learning/labels', { query: { head }, signal }),
  })
export const versionsQuery = (head: Head) =>
  queryOptions({
    queryKey: [...learningKey, 'versions', head],
    queryFn: async ({ signal }) =>
      (await api.get('/learning/versions', { query: { head }, signal })).items,
  })
/** A training, asked again every second until it is over. */
export const trainingQuery = (id: Id) =>
  queryOptions({
    queryKey: [...learningKey, 'training', id],
    queryFn: ({ signal }) =>
      api.get('/learning/versions/{version_id}', { path: { version_id: id }, signal }),
    refetchInterval: ({ state }) =>
      state.data?.state === 'training' || !state.data ? soon : false,
  })
export const queueQuery = (head: Head) =>
  queryOptions({
    queryKey: [...learningKey, 'queue', head],
    queryFn: ({ signal }) => api.get('/learning/queue', { query: { head, limit: 20 }, signal }),
    placeholderData: keepPreviousData,
    refetchOnWindowFocus: false,
  })
/** The labels to choose from, with their names in both languages. */
export const labelNamesQuery = (head: Head) =>
  queryOptions({
    queryKey: ['signal-labels', head],
    queryFn: async ({ signal }) =>
      head === 'satisfaction'
        ? []
        : (await api.get('/understanding/labels', { query: { head }, signal })).items,
    staleTime: 60_000,
  })

const version = (id: Id) => ({ path: { version_id: id } })
export const train = (head: Head) => api.post('/learning/versions', { body: { head } })
export const cancelTraining = (id: Id) =>
  api.post('/learning/versions/{version_id}/cancel', version(id))
export const promote = (id: Id) => api.post('/learning/versions/{version_id}/promote', version(id))
export const rollBack = (head: Head) => api.post('/learning/roll-back', { body: { head } })
export const changeLearning = (body: LearningChange) => api.patch('/learning', { body })
export const answerLabel = (id: Id, head: Head, label: string | null, isNew = false) =>
  api.put('/learning/queue/{message_id}', {
    path: { message_id: id },
    body: { head, label, new: isNew },
  })
export const takeLabelBack = (id: Id, head: Head) =>
  api.delete('/learning/queue/{message_id}', { path: { message_id: id }, query: { head } })
