import type { Condition } from '@/shared/api'

/** What the address of the inbox says: everything needed to show the same screen again. */
export interface InboxSearch {
  view?: string
  ticket?: string
  q?: string
  sort?: string
  /** A condition that is not saved, as JSON; it takes the place of the view's own. */
  condition?: string
  panel?: 'history'
  as_of?: string
}

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined

/** The router may have read the JSON already. */
const json = (value: unknown) =>
  value && typeof value === 'object' ? JSON.stringify(value) : text(value)

export function readSearch(search: Record<string, unknown>): InboxSearch {
  const panel = search.panel === 'history' ? 'history' : undefined
  const found: InboxSearch = {
    view: text(search.view),
    ticket: text(search.ticket),
    q: text(search.q),
    sort: text(search.sort),
    condition: json(search.condition),
    panel,
    as_of: text(search.as_of),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

export function conditionIn({ condition }: InboxSearch): Condition | undefined {
  try {
    return condition ? (JSON.parse(condition) as Condition) : undefined
  } catch {
    return undefined
  }
}
