import { createFileRoute } from '@tanstack/react-router'
import { CustomerPage } from '@/features/customers'

export const Route = createFileRoute('/customers/$id')({ component: Page })

function Page() {
  return <CustomerPage id={Route.useParams().id} />
}
