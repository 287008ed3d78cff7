import { createFileRoute } from '@tanstack/react-router'
import { Inbox, type InboxSearch, readSearch } from '@/features/inbox'

export const Route = createFileRoute('/inbox')({
  validateSearch: (search): InboxSearch => readSearch(search),
  component: Page,
})

function Page() {
  return <Inbox search={Route.useSearch()} />
}
