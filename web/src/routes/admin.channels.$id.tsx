import { createFileRoute } from '@tanstack/react-router'
import { InboxPage } from '@/features/admin'

export const Route = createFileRoute('/admin/channels/$id')({ component: Page })

function Page() {
  return <InboxPage id={Route.useParams().id} />
}
