import type { Id, TicketFilter, TicketRow } from '../api'

const live = (row: TicketRow) => row.status_category === 'new' || row.status_category === 'open'
const snoozed = (row: TicketRow) => row.snoozed_until !== null

/**
 * Does a changed ticket belong to a list? `null` where only the server can tell (searches, mentions),
 * and the list is asked for again.
 */
export function belongs(row: TicketRow, filter: TicketFilter, me: Id): boolean | null {
  if (
    filter.condition ||
    filter.q ||
    filter.tag ||
    filter.contact ||
    filter.assignee ||
    filter.priority
  )
    return null
  const view = filter.view ?? 'all'
  const found = held(row, view, me)
  // Exercises stand in lists of one's own only.
  return found && row.practice && view !== 'mine' ? false : found
}

/** By the view alone. */
function held(row: TicketRow, view: string, me: Id): boolean | null {
  if (view.startsWith('team:')) {
    return row.team_id === view.slice(5) && awake(row)
  }
  const rules: Record<string, () => boolean> = {
    all: () => true,
    mine: () => row.assignee_id === me && awake(row),
    unassigned: () => row.assignee_id === null && awake(row),
    open: () => live(row) && !snoozed(row),
    waiting: () => row.status_category === 'waiting' && !snoozed(row),
    snoozed: () => snoozed(row) && isUnfinished(row),
    resolved: () => row.status_category === 'resolved',
    closed: () => row.status_category === 'closed',
  }
  return rules[view]?.() ?? null
}

const isUnfinished = (row: TicketRow) =>
  row.status_category !== 'resolved' && row.status_category !== 'closed'

/** Neither done nor put off. */
const awake = (row: TicketRow) => isUnfinished(row) && !snoozed(row)
