import { createFileRoute } from '@tanstack/react-router'
import { HealthPage, type HealthSearch, tabs } from '@/features/knowledgeHealth'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/knowledge/health')({
  validateSearch: (search): HealthSearch => {
    const tab = tabs.find((one) => one === search.tab)
    return tab ? { tab } : {}
  },
  beforeLoad: () => needWords('upkeep'),
  component: Page,
})

function Page() {
  return <HealthPage {...Route.useSearch()} />
}
