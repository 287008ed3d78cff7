import type { InboxSearch } from './search'

export function Inbox({ search }: { search: InboxSearch }) {
  return <div>{search.view}</div>
}
