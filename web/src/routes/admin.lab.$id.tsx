import { createFileRoute } from '@tanstack/react-router'
import { SetPage, type SetTab } from '@/features/lab'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/lab/$id')({
  validateSearch: ({ tab }): { tab?: SetTab } => (tab === 'runs' || tab === 'cases' ? { tab } : {}),
  beforeLoad: () => needWords('lab'),
  component: Page,
})

function Page() {
  return <SetPage {...Route.useSearch()} id={Route.useParams().id} />
}
