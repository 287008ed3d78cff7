import type { LayoutGroup, LayoutPlace } from '@/shared/api/layouts'

export type Spot = readonly [group: number, place: number]
export type Arrow = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight'

/** What can stand in a layout besides the workspace's own fields. */
export const offered = {
  panel: [
    'status',
    'assignee',
    'team',
    'type',
    'priority',
    'tags',
    'watchers',
    'channel',
    'created',
    'part.understanding',
    'part.assignment',
    'part.promises',
    'part.relations',
    'part.work',
    'part.satisfaction',
    'part.customer',
    'part.sources',
  ],
  new: ['requester', 'subject', 'body', 'type', 'priority', 'tags'],
} as const satisfies Record<LayoutPlace, readonly string[]>

const needed: readonly string[] = ['requester', 'subject', 'body']
export const isNeeded = (place: LayoutPlace, item: string) =>
  place === 'new' && needed.includes(item)

const group = (items: readonly string[]): LayoutGroup => ({
  title: { zh: '', en: '' },
  folded: false,
  items: [...items],
})

/** What agents see today: where a new layout begins. */
export function today(place: LayoutPlace, keys: readonly string[]): LayoutGroup[] {
  const own = keys.map((key) => `field.${key}`)
  if (place === 'new') return [group(['requester', 'subject', 'body', 'priority', 'tags', ...own])]
  const [status, assignee, team, , ...rest] = offered.panel
  return [
    group([
      status,
      assignee,
      team,
      ...rest.slice(0, 5),
      'part.understanding',
      'part.assignment',
      'part.promises',
    ]),
    ...(own.length > 0 ? [group(own)] : []),
    group(['part.relations', 'part.work', 'part.satisfaction']),
    group(['part.customer', 'part.sources']),
  ]
}

const itemsOf = (groups: readonly LayoutGroup[], at: number) => groups[at]?.items ?? []

/** Where an item goes by a key: over the edge of its group into the next one; null where it stays. */
export function target(groups: readonly LayoutGroup[], [at, place]: Spot, key: Arrow): Spot | null {
  const last = itemsOf(groups, at).length - 1
  const before: Spot | null = at > 0 ? [at - 1, itemsOf(groups, at - 1).length] : null
  const behind: Spot | null = at < groups.length - 1 ? [at + 1, 0] : null
  if (key === 'ArrowUp') return place > 0 ? [at, place - 1] : before
  if (key === 'ArrowDown') return place < last ? [at, place + 1] : behind
  return key === 'ArrowLeft' ? before : behind
}

/** Takes an item from one spot to another; places are those without it. */
export function moveTo(groups: readonly LayoutGroup[], from: Spot, to: Spot): LayoutGroup[] {
  const item = itemsOf(groups, from[0])[from[1]]
  if (item === undefined) return [...groups]
  const without = removeAt(groups, from)
  return without.map((one, at) => {
    if (at !== to[0]) return one
    const items = [...(one.items ?? [])]
    items.splice(to[1], 0, item)
    return { ...one, items }
  })
}

export const removeAt = (groups: readonly LayoutGroup[], [at, place]: Spot): LayoutGroup[] =>
  groups.map((one, n) =>
    n === at ? { ...one, items: itemsOf(groups, at).filter((_, i) => i !== place) } : one,
  )

/** What is offered here and stands nowhere yet. */
export function unused(
  groups: readonly LayoutGroup[],
  place: LayoutPlace,
  keys: readonly string[],
): string[] {
  const used = new Set(groups.flatMap(({ items }) => items as readonly string[]))
  return [...offered[place], ...keys.map((key) => `field.${key}`)].filter((one) => !used.has(one))
}
