import { createFileRoute } from '@tanstack/react-router'
import { WebhookPage } from '@/features/admin'

export const Route = createFileRoute('/admin/webhooks/$id')({ component: Page })

function Page() {
  return <WebhookPage id={Route.useParams().id} />
}
