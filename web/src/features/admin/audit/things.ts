import type { Id } from '@/shared/api'

/** What an entry of the log is about. The server names it when it still knows it. */
export interface Thing {
  kind: string | null
  id: Id | null
  label?: string | null
}

/** The end of a long id: enough to tell two apart, and to find it again by eye. */
export const shortId = (id: Id) => (id.length > 8 ? `…${id.slice(-6)}` : id)

export interface Place {
  to: string
  params?: { id: Id }
  search?: Record<string, string>
}

const ownPage: Record<string, string> = {
  contact: '/customers/$id',
  company: '/customers/companies/$id',
  inbox: '/admin/channels/$id',
  role: '/admin/roles/$id',
  webhook: '/admin/webhooks/$id',
}
// Things that are edited on the page of all of their kind.
const listPage: Record<string, string> = {
  agent: '/admin/agents',
  team: '/admin/teams',
  unit: '/admin/units',
  brand: '/admin/brands',
  token: '/admin/tokens',
  envelope: '/admin/quarantine',
  workspace: '/admin/workspace',
  panel_source: '/admin/panel',
  layout: '/admin/layouts',
}

const atTicket = (id: Id): Place => ({ to: '/inbox', search: { view: 'all', ticket: id } })

/** Where a thing can be looked at; nothing when it is gone or has no page. */
export function placeOf(
  action: string,
  thing: Thing,
  detail: Record<string, unknown>,
): Place | null {
  const { kind, id } = thing
  if (!kind || /\.(deleted|revoked)$/.test(action)) return null
  if (kind === 'ticket') return id ? atTicket(id) : null
  const own = ownPage[kind]
  if (own && id) return { to: own, params: { id } }
  if (typeof detail.ticket_id === 'string' && detail.ticket_id) return atTicket(detail.ticket_id)
  const list = listPage[kind]
  return list ? { to: list } : null
}
