import { createFileRoute } from '@tanstack/react-router'
import { NewInboxPage } from '@/features/admin'

export const Route = createFileRoute('/admin/channels/new/$channel')({ component: Page })

function Page() {
  return <NewInboxPage channel={Route.useParams().channel} />
}
