import { createFileRoute } from '@tanstack/react-router'
import { CompanyPage } from '@/features/customers'

export const Route = createFileRoute('/customers/companies/$id')({ component: Page })

function Page() {
  return <CompanyPage id={Route.useParams().id} />
}
