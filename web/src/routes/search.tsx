import { createFileRoute } from '@tanstack/react-router'
import { SearchPage } from '@/features/search'
import { needWords } from '@/shared/i18n'

interface Search {
  q?: string
  kind?: string
}

export const Route = createFileRoute('/search')({
  validateSearch: (search): Search => ({
    ...(search.q ? { q: String(search.q) } : {}),
    ...(search.kind ? { kind: String(search.kind) } : {}),
  }),
  beforeLoad: () => needWords('kit', 'viewEdit'),
  component: Page,
})

function Page() {
  const { q = '', kind } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <SearchPage q={q} kind={kind} change={(search) => void navigate({ search, replace: true })} />
  )
}
