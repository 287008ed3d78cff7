import { createFileRoute } from '@tanstack/react-router'
import { ReportsPage, type ReportsSearch, readSearch } from '@/features/reports'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/reports')({
  validateSearch: (search): ReportsSearch => readSearch(search),
  beforeLoad: () => needWords('kit', 'reports'),
  component: Page,
})

function Page() {
  const navigate = Route.useNavigate()
  return (
    <ReportsPage
      search={Route.useSearch()}
      change={(search) => void navigate({ search, replace: true })}
    />
  )
}
