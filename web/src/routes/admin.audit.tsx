import { createFileRoute } from '@tanstack/react-router'
import { AuditPage } from '@/features/admin'

export const Route = createFileRoute('/admin/audit')({
  validateSearch: (search): { actor?: string; action?: string } => ({
    ...(search.actor ? { actor: String(search.actor) } : {}),
    ...(search.action ? { action: String(search.action) } : {}),
  }),
  component: Page,
})

function Page() {
  return <AuditPage filter={Route.useSearch()} />
}
