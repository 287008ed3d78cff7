import { createFileRoute, redirect } from '@tanstack/react-router'
import { CustomersPage } from '@/features/customers'

export const Route = createFileRoute('/customers/')({
  validateSearch: (search): { q?: string; id?: string } => ({
    ...(search.q ? { q: String(search.q) } : {}),
    ...(search.id ? { id: String(search.id) } : {}),
  }),
  // Links within the app name a customer by `?id=`.
  beforeLoad: ({ search }) => {
    if (search.id) throw redirect({ to: '/customers/$id', params: { id: search.id } })
  },
  component: Page,
})

function Page() {
  return <CustomersPage q={Route.useSearch().q ?? ''} />
}
