import { createFileRoute } from '@tanstack/react-router'
import { isModelsTab, ModelsPage, type ModelsTab } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/models')({
  validateSearch: (search): { tab?: ModelsTab } =>
    isModelsTab(search.tab) ? { tab: search.tab } : {},
  beforeLoad: () => needWords('models', 'copilot'),
  component: Page,
})

function Page() {
  const { tab = 'servers' } = Route.useSearch()
  return <ModelsPage tab={tab} />
}
