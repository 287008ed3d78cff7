/**
 * The rows as the reader sees them: while the pointer rests on the list nothing jumps. Known rows keep
 * their places (with their new content), new ones wait and are counted.
 */
export function heldOrder<T extends { id: string }>(held: string[], rows: T[]) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  const shown = held.flatMap((id) => byId.get(id) ?? [])
  const known = new Set(held)
  const fresh = rows.filter((row) => !known.has(row.id))
  // What was loaded further down by scrolling is not news: it follows at the end.
  const lastKnown = rows.findLastIndex((row) => known.has(row.id))
  const below = fresh.filter((row) => rows.indexOf(row) > lastKnown)
  return { rows: [...shown, ...below], waiting: fresh.length - below.length }
}

/** Where the reader is after the current row went away, or moves by keys. */
export function neighbour<T extends { id: string }>(
  rows: T[],
  current: string | undefined,
  step: 1 | -1,
): T | undefined {
  const at = rows.findIndex((row) => row.id === current)
  if (at < 0) return rows[step === 1 ? 0 : rows.length - 1]
  return rows[at + step]
}

const steps = 3
/** The rows that will probably be opened next, the nearest first. */
export function ahead<T extends { id: string }>(rows: T[], current: string | undefined): string[] {
  const at = rows.findIndex((row) => row.id === current)
  const next = rows.slice(at + 1, at + 1 + steps)
  const back = at > 0 ? rows.slice(at - 1, at) : []
  return [...next, ...back].map((row) => row.id)
}
