import { createFileRoute } from '@tanstack/react-router'
import { RunPage } from '@/features/lab'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/lab/runs/$id')({
  beforeLoad: () => needWords('lab'),
  component: Page,
})

function Page() {
  return <RunPage id={Route.useParams().id} />
}
