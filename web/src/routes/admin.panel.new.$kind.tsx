import { createFileRoute } from '@tanstack/react-router'
import { NewSourcePage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/panel/new/$kind')({
  beforeLoad: () => needWords('panel', 'panelEdit'),
  component: Page,
})

function Page() {
  return <NewSourcePage kind={Route.useParams().kind} />
}
