import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { ApiError, address, api, Unreachable } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type CopilotIn = Body<'post', '/tickets/{ticket_id}/copilot'>
export type CopilotAnswer = Answer<'post', '/tickets/{ticket_id}/copilot'>
export type CopilotTask = CopilotIn['task']
export type CopilotSentence = CopilotAnswer['sentences'][number]
export type CopilotSource = CopilotAnswer['sources'][number]
export type CopilotStep = CopilotAnswer['steps'][number]
export type CopilotSetup = Answer<'get', '/copilot/setup'>
export type CopilotPolicy = Body<'put', '/copilot/policy'>
export type ModelServer = CopilotSetup['servers'][number]
export type ModelServerIn = Body<'put', '/copilot/servers/{place}'>
export type ModelPlace = ModelServer['place']
export type ModelTried = Answer<'post', '/copilot/servers/{place}/test'>
export type Left = Answer<'get', '/copilot/sent/{sent_id}'>
export type Hidden = Answer<'post', '/copilot/hide'>

/** What happens while the copilot is at work. */
export type CopilotEvent =
  | { name: 'begin'; made_by: 'model' | 'embedded'; model: string; reason: string | null }
  | { name: 'text'; text: string }
  | { name: 'reset'; reason: string }
  | { name: 'done'; answer: CopilotAnswer }

export const askCopilot = (ticket: Id, body: CopilotIn, signal?: AbortSignal) =>
  api.post('/tickets/{ticket_id}/copilot', { path: { ticket_id: ticket }, body, signal })

export const settleCopilot = (id: Id, fate: 'inserted' | 'discarded') =>
  api.post('/copilot/answers/{answer_id}/fate', { path: { answer_id: id }, body: { fate } })

/** The whole frames in a text, and what is left of it. */
export function framesIn(text: string): { frames: { name: string; data: string }[]; rest: string } {
  const parts = text.split('\n\n')
  const rest = parts.pop() ?? ''
  const frames = parts.flatMap((part) => {
    const line = (key: string) =>
      part
        .split('\n')
        .find((one) => one.startsWith(`${key}: `))
        ?.slice(key.length + 2)
    const name = line('event')
    return name ? [{ name, data: line('data') ?? '{}' }] : []
  })
  return { frames, rest }
}

function eventOf(name: string, data: string): CopilotEvent {
  const body = JSON.parse(data)
  if (name === 'problem') throw new ApiError(body, null)
  return name === 'done' ? { name, answer: body } : { name, ...body }
}

/** Asks and reads along; aborting stops the model. */
export async function* streamCopilot(
  ticket: Id,
  body: CopilotIn,
  signal: AbortSignal,
): AsyncGenerator<CopilotEvent> {
  const path = address('/tickets/{ticket_id}/copilot/stream', { path: { ticket_id: ticket } })
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'X-Yizhan': '1', 'Content-Type': 'application/json' },
    credentials: 'same-origin',
    signal,
    body: JSON.stringify(body),
  }).catch((error: unknown) => {
    if (signal.aborted) throw error
    throw new Unreachable()
  })
  if (!response.ok || !response.body) {
    const problem = await response.json().catch(() => ({}))
    throw new ApiError({ status: response.status, code: 'http_error', ...problem }, null)
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  let ended = false
  while (true) {
    const { value, done } = await reader.read()
    if (done) break
    const { frames, rest } = framesIn(text + value)
    text = rest
    for (const { name, data } of frames) {
      ended = name === 'done'
      yield eventOf(name, data)
    }
  }
  if (!ended) throw new Unreachable()
}

export const copilotSetupKey = ['admin', 'copilot', 'setup']
export const copilotSetupQuery = queryOptions({
  queryKey: copilotSetupKey,
  queryFn: ({ signal }) => api.get('/copilot/setup', { signal }),
})
export const putPolicy = (body: CopilotPolicy) => api.put('/copilot/policy', { body })
const at = (place: ModelPlace) => ({ path: { place } })
export const putServer = (place: ModelPlace, body: ModelServerIn) =>
  api.put('/copilot/servers/{place}', { ...at(place), body })
export const removeServer = (place: ModelPlace) => api.delete('/copilot/servers/{place}', at(place))
export const tryServer = (place: ModelPlace): Promise<ModelTried> =>
  api.post('/copilot/servers/{place}/test', at(place))
export const hideText = (text: string): Promise<Hidden> =>
  api.post('/copilot/hide', { body: { text } })

export const leftQuery = (outcome?: Left['outcome']) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'copilot', 'sent', outcome ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get('/copilot/sent', { query: { outcome, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
export const oneLeftQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'copilot', 'left', id],
    queryFn: ({ signal }) => api.get('/copilot/sent/{sent_id}', { path: { sent_id: id }, signal }),
  })
