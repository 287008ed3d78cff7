import { useNavigate } from '@tanstack/react-router'
import type { TicketRow } from '@/shared/api'
import { useHotkeys } from '@/shared/hotkeys'
import { useUndoKey } from '@/shared/undo'
import { neighbour } from './order'

interface Options {
  rows: TicketRow[]
  cursor: string | undefined
  opened: string | undefined
  moveCursor: (id: string) => void
  open: (id: string) => void
  toggle: (id: string) => void
  /** Everything between where picking began and here. */
  range: (id: string) => void
  pickAll: () => void
  clearPicked: () => void
  focusSearch: () => void
}

export function useListKeys(options: Options) {
  const { rows, cursor, opened, moveCursor, open, toggle, clearPicked, focusSearch } = options
  const { range, pickAll } = options
  const navigate = useNavigate()
  const step = (by: 1 | -1) => (event: KeyboardEvent) => {
    const next = neighbour(rows, opened ?? cursor, by)
    if (!next) return
    event.preventDefault()
    moveCursor(next.id)
    // With a ticket open the keys leaf through; without, they only choose.
    if (opened) open(next.id)
  }
  const arrows = (by: 1 | -1) => (event: KeyboardEvent) => {
    const inList = event.target instanceof HTMLElement && event.target.closest('[role="listbox"]')
    if (inList) step(by)(event)
  }
  const stretch = (by: 1 | -1) => (event: KeyboardEvent) => {
    const next = neighbour(rows, cursor, by)
    if (!next) return
    event.preventDefault()
    if (cursor) range(cursor)
    range(next.id)
    moveCursor(next.id)
  }
  const enter = (event: KeyboardEvent) => {
    const busy = event.target instanceof HTMLElement && event.target.closest('button, a')
    if (cursor && !busy) open(cursor)
  }
  useUndoKey()
  useHotkeys({
    j: step(1),
    k: step(-1),
    ArrowDown: arrows(1),
    ArrowUp: arrows(-1),
    'Shift+ArrowDown': stretch(1),
    'Shift+ArrowUp': stretch(-1),
    '$mod+a': (event) => {
      event.preventDefault()
      pickAll()
    },
    Enter: enter,
    x: () => cursor && toggle(cursor),
    Escape: clearPicked,
    '/': (event) => {
      event.preventDefault()
      focusSearch()
    },
    'g m': () => void navigate({ to: '/inbox', search: { view: 'mine' } }),
    'g u': () => void navigate({ to: '/inbox', search: { view: 'unassigned' } }),
  })
}
