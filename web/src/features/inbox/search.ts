/** What the address of the inbox says: everything needed to show the same screen again. */
export interface InboxSearch {
  view?: string
  ticket?: string
  q?: string
  sort?: string
  panel?: 'history'
  as_of?: string
}

const text = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined

export function readSearch(search: Record<string, unknown>): InboxSearch {
  const panel = search.panel === 'history' ? 'history' : undefined
  const found: InboxSearch = {
    view: text(search.view),
    ticket: text(search.ticket),
    q: text(search.q),
    sort: text(search.sort),
    panel,
    as_of: text(search.as_of),
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}
