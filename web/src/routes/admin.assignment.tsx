import { createFileRoute } from '@tanstack/react-router'
import { AssignmentPage, type AssignmentTab, isAssignmentTab } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/assignment')({
  validateSearch: (search): { tab?: AssignmentTab } =>
    isAssignmentTab(search.tab) ? { tab: search.tab } : {},
  beforeLoad: () => needWords('assignment', 'sla'),
  component: Page,
})

function Page() {
  const { tab = 'skills' } = Route.useSearch()
  return <AssignmentPage tab={tab} />
}
