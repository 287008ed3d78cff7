import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { ApiError, address, api, Unreachable } from './client'
import type { Answer, Body } from './typed'

export type Health = Answer<'get', '/system/health'>
export type Measure = Health['measures'][number]
export type Finding = Health['findings'][number]
export type Statement = Health['statements'][number]
export type HealthWindow = Health['window']
export type Objective = Body<'put', '/system/objectives'>

export const healthKey = ['system', 'health']
export const healthQuery = (window: HealthWindow) =>
  queryOptions({
    queryKey: [...healthKey, window],
    queryFn: ({ signal }) => api.get('/system/health', { query: { window }, signal }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })

export const changeObjective = (body: Objective) => api.put('/system/objectives', { body })

export type Held = Answer<'get', '/system/held'>
export type HeldDecision = Body<'post', '/system/held'>['decision']

export const heldKey = ['system', 'held']
/** What does not go out since a restore; while it is being done, how much is left. */
export const heldQuery = queryOptions({
  queryKey: heldKey,
  queryFn: ({ signal }) => api.get('/system/held', { signal }),
  refetchInterval: ({ state: { data } }) =>
    data && data.total > 0 && data.state !== 'hold' ? 2_000 : 60_000,
})
export const decideHeld = (decision: HeldDecision) =>
  api.post('/system/held', { body: { decision } })

/** The bundle as a file of the browser's. */
export async function downloadSupport(): Promise<void> {
  const response = await fetch(address('/system/support'), {
    method: 'POST',
    headers: { 'X-Yizhan': '1' },
    credentials: 'same-origin',
  }).catch(() => {
    throw new Unreachable()
  })
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}))
    const fallback = { status: response.status, code: `http_${response.status}` }
    throw new ApiError({ ...fallback, ...problem }, response.headers.get('x-request-id'))
  }
  const named = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = named?.[1] ?? 'yizhan-support.zip'
  link.click()
  URL.revokeObjectURL(link.href)
}
