import type { InfiniteData } from '@tanstack/react-query'
import type { Id, Message, Page, TicketRow } from '../api'

export type Pages<T> = InfiniteData<Page<T>, unknown>

const mapItems = <T>(data: Pages<T>, change: (items: T[]) => T[]): Pages<T> => ({
  ...data,
  pages: data.pages.map((page) => {
    const items = change(page.items)
    return items === page.items ? page : { ...page, items }
  }),
})

/** Replaces the row where it is; the order is the list's own business. Older versions change nothing. */
export function replaceRow(data: Pages<TicketRow>, row: TicketRow): Pages<TicketRow> {
  return mapItems(data, (items) => {
    const at = items.findIndex((item) => item.id === row.id)
    const old = items[at]
    if (!old || old.version > row.version) return items
    return items.with(at, { ...old, ...row })
  })
}

export function removeRow<T extends { id: Id }>(data: Pages<T>, id: Id): Pages<T> {
  return mapItems(data, (items) =>
    items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items,
  )
}

export function insertRow(data: Pages<TicketRow>, row: TicketRow): Pages<TicketRow> {
  const [first, ...rest] = data.pages
  if (!first) return data
  return { ...data, pages: [{ ...first, items: [row, ...first.items] }, ...rest] }
}

export const hasRow = (data: Pages<TicketRow>, id: Id) =>
  data.pages.some((page) => page.items.some((item) => item.id === id))

/** Page 0 holds the newest messages, each page in ascending order. */
export function upsertMessage(data: Pages<Message>, message: Message): Pages<Message> {
  const same = (item: Message) =>
    item.id === message.id || (message.client_id !== null && item.client_id === message.client_id)
  if (data.pages.some((page) => page.items.some(same))) {
    return mapItems(data, (items) =>
      items.some(same) ? items.map((item) => (same(item) ? message : item)) : items,
    )
  }
  const [first, ...rest] = data.pages
  if (!first) return data
  return { ...data, pages: [{ ...first, items: [...first.items, message] }, ...rest] }
}

/** Oldest first over all pages. */
export const inOrder = (data: Pages<Message> | undefined): Message[] =>
  data ? [...data.pages].reverse().flatMap((page) => page.items) : []
