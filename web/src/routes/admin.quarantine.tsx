import { createFileRoute } from '@tanstack/react-router'
import { QuarantinePage, type QuarantineState } from '@/features/admin'

export const Route = createFileRoute('/admin/quarantine')({
  validateSearch: (search): { state?: QuarantineState; item?: string } => ({
    ...(search.state === 'ignored' ? { state: 'ignored' as const } : {}),
    ...(search.item ? { item: String(search.item) } : {}),
  }),
  component: Page,
})

function Page() {
  const { state = 'quarantine', item } = Route.useSearch()
  return <QuarantinePage state={state} item={item} />
}
