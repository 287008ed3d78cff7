import { createFileRoute } from '@tanstack/react-router'
import { ArticlePage } from '@/features/knowledge'

export const Route = createFileRoute('/knowledge/$id')({
  validateSearch: (search): { language?: string } =>
    typeof search.language === 'string' && search.language ? { language: search.language } : {},
  component: Page,
})

function Page() {
  const { language } = Route.useSearch()
  const navigate = Route.useNavigate()
  return (
    <ArticlePage
      id={Route.useParams().id}
      language={language}
      open={(next) => void navigate({ search: { language: next }, replace: true })}
    />
  )
}
