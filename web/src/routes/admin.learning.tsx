import { createFileRoute } from '@tanstack/react-router'
import { LearningPage, type LearningSearch } from '@/features/learning'
import { heads } from '@/shared/api/learning'
import { needWords } from '@/shared/i18n'

const tabs = ['card', 'versions', 'labels'] as const

export const Route = createFileRoute('/admin/learning')({
  validateSearch: (search): LearningSearch => {
    const head = heads.find((one) => one === search.head)
    const tab = tabs.find((one) => one === search.tab)
    return { ...(head ? { head } : {}), ...(tab ? { tab } : {}) }
  },
  beforeLoad: () => needWords('learning', 'lab'),
  component: Page,
})

function Page() {
  return <LearningPage {...Route.useSearch()} />
}
