import { createFileRoute } from '@tanstack/react-router'
import { RolePage } from '@/features/admin'

export const Route = createFileRoute('/admin/roles/$id')({ component: Page })

function Page() {
  return <RolePage id={Route.useParams().id} />
}
