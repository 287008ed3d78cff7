import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  AgentChange,
  ChannelInfo,
  Delivery,
  NewAgent,
  NewToken,
  WorkspaceChange,
} from './admin.types'
import { api, request } from './client'
import type { Answer, Body, Path } from './typed'
import type { Id, Time, Transport } from './types'

export type * from './admin.types'

/** A short list that needs no pages, below one key. */
const list = <P extends Path<'get'>>(path: P, ...key: string[]) =>
  queryOptions({
    queryKey: key.length ? key : ['admin', path],
    queryFn: async ({ signal }) => itemsOf<P>(await request<Lists<P>>('GET', path, { signal })),
  })
type Lists<P extends Path<'get'>> = Answer<'get', P>
type Items<P extends Path<'get'>> =
  Lists<P> extends { items: infer I } ? I : Lists<P> extends unknown[] ? Lists<P> : never
const itemsOf = <P extends Path<'get'>>(answer: unknown) =>
  (Array.isArray(answer) ? answer : (answer as { items: unknown }).items) as Items<P>

export const workspaceQuery = queryOptions({
  queryKey: ['admin', 'workspace'],
  queryFn: ({ signal }) => api.get('/workspace', { signal }),
})
export const saveWorkspace = (change: WorkspaceChange) => api.patch('/workspace', { body: change })

export const brandsQuery = list('/brands')
export const unitsQuery = list('/units')
/** The teams with their members; the directory keeps the same list for everybody's screens. */
export const teamsAdminQuery = list('/teams', 'admin', 'teams')
export const rolesQuery = list('/roles')
/** What roles are called; everybody may ask for that. */
export const roleNamesQuery = list('/roles/names')
export const permissionsQuery = list('/permissions')
export const tokensQuery = list('/tokens')
export const webhooksQuery = list('/webhooks')
export const inboxesQuery = list('/inboxes')
export const channelKindsQuery = list('/channels', 'admin', 'channels')
/** Channels are told apart by what carries their messages, never by their names. */
export const carriedBy =
  (...transports: Transport[]) =>
  (channel: ChannelInfo) =>
    transports.includes(channel.capabilities.transport)

const kept = {
  brands: '/brands/{brand_id}',
  units: '/units/{unit_id}',
  teams: '/teams/{team_id}',
  roles: '/roles/{role_id}',
  inboxes: '/inboxes/{inbox_id}',
  webhooks: '/webhooks/{webhook_id}',
} as const
type Kept = typeof kept
/** The same four verbs for everything an administrator keeps. */
export const keep = <K extends keyof Kept>(kind: K) => {
  type Out = Answer<'post', `/${K}`>
  type New = Body<'post', `/${K}`>
  const one = (id: Id) => kept[kind].replace(/\{\w+\}/, id)
  const create = (values: New) => request<Out>('POST', `/${kind}`, { body: values })
  const change = (id: Id, values: Body<'patch', Kept[K]>) =>
    request<Out>('PATCH', one(id), { body: values })
  return {
    create,
    change,
    save: (id: Id | null, values: New) =>
      id ? request<Out>('PATCH', one(id), { body: values }) : create(values),
    remove: (id: Id) => request<undefined>('DELETE', one(id)),
  }
}

export const agentQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'agent', id],
    queryFn: ({ signal }) => api.get('/agents/{agent_id}', { path: { agent_id: id }, signal }),
  })
export const createAgent = (agent: NewAgent) => api.post('/agents', { body: agent })
export const changeAgent = (id: Id, change: AgentChange) =>
  api.patch('/agents/{agent_id}', { path: { agent_id: id }, body: change })
export const deactivateAgent = (id: Id) =>
  api.delete('/agents/{agent_id}', { path: { agent_id: id } })

export const inboxQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'inbox', id],
    queryFn: ({ signal }) => api.get('/inboxes/{inbox_id}', { path: { inbox_id: id }, signal }),
  })
export const checkInbox = (id: Id) =>
  api.post('/inboxes/{inbox_id}/check', { path: { inbox_id: id } })

export const quarantineQuery = (state: string) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'quarantine', state],
    queryFn: ({ pageParam, signal }) =>
      api.get('/quarantine', { query: { state, limit: 30, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 10_000,
  })
export const envelopeQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'envelope', id],
    queryFn: ({ signal }) =>
      api.get('/quarantine/{envelope_id}', { path: { envelope_id: id }, signal }),
  })
export const decideEnvelope = (id: Id, verb: 'release' | 'discard') =>
  api.post(`/quarantine/{envelope_id}/${verb}`, { path: { envelope_id: id } })

export const createToken = (token: NewToken) => api.post('/tokens', { body: token })
export const revokeToken = (id: Id) => api.delete('/tokens/{token_id}', { path: { token_id: id } })

export const eventTypesQuery = list('/webhooks/event-types')
export const deliveriesQuery = (id: Id, state: Delivery['state'] | undefined) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'deliveries', id, state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get('/webhooks/{webhook_id}/deliveries', {
        path: { webhook_id: id },
        query: { state, limit: 30, cursor: pageParam },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 5_000,
  })
export const testWebhook = (id: Id) =>
  api.post('/webhooks/{webhook_id}/test', { path: { webhook_id: id } })
export const newSecret = (id: Id) =>
  api.post('/webhooks/{webhook_id}/secret', { path: { webhook_id: id } })
export const replayDelivery = (id: Id, delivery: Id) =>
  api.post('/webhooks/{webhook_id}/deliveries/{delivery_id}/replay', {
    path: { webhook_id: id, delivery_id: delivery },
  })
export const replaySince = (id: Id, since: Time) =>
  api.post('/webhooks/{webhook_id}/replay', { path: { webhook_id: id }, body: { since } })

export interface AuditFilter {
  actor?: string
  action?: string
}
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'audit', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get('/audit', { query: { ...filter, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 10_000,
  })

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: async ({ signal }) => (await api.get('/setup', { signal })).steps,
  staleTime: 0,
})
export const completeSetup = () => api.post('/setup/complete')
