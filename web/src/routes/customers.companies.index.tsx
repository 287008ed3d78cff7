import { createFileRoute } from '@tanstack/react-router'
import { CompaniesPage } from '@/features/customers'

export const Route = createFileRoute('/customers/companies/')({
  validateSearch: (search): { q?: string } => (search.q ? { q: String(search.q) } : {}),
  component: Page,
})

function Page() {
  return <CompaniesPage q={Route.useSearch().q ?? ''} />
}
