import { createFileRoute } from '@tanstack/react-router'
import { ChangePage } from '@/features/lab'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/lab/changes/$id')({
  beforeLoad: () => needWords('lab'),
  component: Page,
})

function Page() {
  return <ChangePage id={Route.useParams().id} />
}
