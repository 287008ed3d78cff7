import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import type {
  Agent,
  AuditEntry,
  Brand,
  ChannelInfo,
  Delivery,
  Envelope,
  Inbox,
  NewAgent,
  NewToken,
  PermissionInfo,
  Role,
  SetupStep,
  Team,
  Token,
  Unit,
  Webhook,
  Workspace,
} from './admin.types'
import { api } from './client'
import type { Id, Page, Transport } from './types'

export type * from './admin.types'

const listOf = <T>(answer: Page<T> | T[]): T[] => (Array.isArray(answer) ? answer : answer.items)

/** A short list that needs no pages, below one key. */
const list = <T>(path: string, ...key: string[]) =>
  queryOptions({
    queryKey: key.length ? key : ['admin', path],
    queryFn: async ({ signal }) => listOf(await api.get<Page<T> | T[]>(path, {}, signal)),
  })

export const workspaceQuery = queryOptions({
  queryKey: ['admin', 'workspace'],
  queryFn: ({ signal }) => api.get<Workspace>('/workspace', {}, signal),
})
export const saveWorkspace = (change: Partial<Workspace>) =>
  api.patch<Workspace>('/workspace', change)

export const brandsQuery = list<Brand>('/brands')
export const unitsQuery = list<Unit>('/units')
/** The teams with their members; the directory keeps the same list for everybody's screens. */
export const teamsAdminQuery = list<Team>('/teams', 'admin', 'teams')
export const rolesQuery = list<Role>('/roles')
export const permissionsQuery = list<PermissionInfo>('/permissions')
export const tokensQuery = list<Token>('/tokens')
export const webhooksQuery = list<Webhook>('/webhooks')
export const inboxesQuery = list<Inbox>('/inboxes')
export const channelKindsQuery = list<ChannelInfo>('/channels', 'admin', 'channels')
/** Channels are told apart by what carries their messages, never by their names. */
export const carriedBy =
  (...transports: Transport[]) =>
  (channel: ChannelInfo) =>
    transports.includes(channel.capabilities.transport)

type Kind = 'brands' | 'units' | 'teams' | 'roles' | 'inboxes' | 'webhooks'
/** The same four verbs for everything an administrator keeps. */
export const keep = <T extends { id: Id }, W = Partial<T>>(kind: Kind) => ({
  create: (values: W) => api.post<T>(`/${kind}`, values),
  change: (id: Id, values: Partial<W>) => api.patch<T>(`/${kind}/${id}`, values),
  save: (id: Id | null, values: W) =>
    id ? api.patch<T>(`/${kind}/${id}`, values) : api.post<T>(`/${kind}`, values),
  remove: (id: Id) => api.delete<void>(`/${kind}/${id}`),
})

export const agentQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'agent', id],
    queryFn: ({ signal }) => api.get<Agent>(`/agents/${id}`, {}, signal),
  })
export const createAgent = (agent: NewAgent) => api.post<Agent>('/agents', agent)
export const changeAgent = (id: Id, change: Partial<NewAgent> & { active?: boolean }) =>
  api.patch<Agent>(`/agents/${id}`, change)
export const deactivateAgent = (id: Id) => api.delete<void>(`/agents/${id}`)

export const inboxQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'inbox', id],
    queryFn: ({ signal }) => api.get<Inbox>(`/inboxes/${id}`, {}, signal),
  })
export const checkInbox = (id: Id) =>
  api.post<{
    ok: boolean
    detail: string | null
    checks: { code: string; ok: boolean; detail: string }[]
  }>(`/inboxes/${id}/check`)

export const quarantineQuery = (state: string) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'quarantine', state],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Envelope>>('/quarantine', { state, limit: 30, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 10_000,
  })
export const envelopeQuery = (id: Id) =>
  queryOptions({
    queryKey: ['admin', 'envelope', id],
    queryFn: ({ signal }) => api.get<Envelope>(`/quarantine/${id}`, {}, signal),
  })
export const decideEnvelope = (id: Id, verb: 'release' | 'discard') =>
  api.post<Envelope>(`/quarantine/${id}/${verb}`)

export const createToken = (token: NewToken) => api.post<Token>('/tokens', token)
export const revokeToken = (id: Id) => api.delete<void>(`/tokens/${id}`)

export const eventTypesQuery = list<string>('/webhooks/event-types')
export const deliveriesQuery = (id: Id, state: string | undefined) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'deliveries', id, state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<Delivery>>(
        `/webhooks/${id}/deliveries`,
        { state, limit: 30, cursor: pageParam },
        signal,
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 5_000,
  })
export const testWebhook = (id: Id) => api.post<Delivery>(`/webhooks/${id}/test`)
export const newSecret = (id: Id) => api.post<Webhook>(`/webhooks/${id}/secret`)
export const replayDelivery = (id: Id, delivery: Id) =>
  api.post<Delivery>(`/webhooks/${id}/deliveries/${delivery}/replay`)
export const replaySince = (id: Id, after: string) =>
  api.post<unknown>(`/webhooks/${id}/replay`, { after })

export interface AuditFilter {
  actor?: string
  action?: string
}
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: ['admin', 'audit', filter],
    queryFn: ({ pageParam, signal }) =>
      api.get<Page<AuditEntry>>('/audit', { ...filter, limit: 50, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 10_000,
  })

export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: async ({ signal }) =>
    (await api.get<{ steps: SetupStep[] }>('/setup', {}, signal)).steps,
  staleTime: 0,
})
export const completeSetup = () => api.post<unknown>('/setup/complete')
