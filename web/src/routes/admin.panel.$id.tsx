import { createFileRoute } from '@tanstack/react-router'
import { SourcePage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/panel/$id')({
  beforeLoad: () => needWords('panel', 'panelEdit'),
  component: Page,
})

function Page() {
  return <SourcePage id={Route.useParams().id} />
}
