import { createFileRoute } from '@tanstack/react-router'
import { SurveysPage, type SurveysTab } from '@/features/surveys'
import type { ResponseFilter } from '@/shared/api/surveys'
import { needWords } from '@/shared/i18n'

interface Search extends ResponseFilter {
  tab?: SurveysTab
}
const ratings = ['good', 'neutral', 'bad'] as const

export const Route = createFileRoute('/admin/surveys')({
  validateSearch: (search): Search => {
    const rating = ratings.find((one) => one === search.rating)
    return {
      ...(search.tab === 'responses' ? { tab: 'responses' } : {}),
      ...(search.survey ? { survey: String(search.survey) } : {}),
      ...(rating ? { rating } : {}),
      ...(search.commented ? { commented: true } : {}),
    }
  },
  beforeLoad: () => needWords('surveys', 'work', 'viewEdit'),
  component: Page,
})

function Page() {
  const { tab = 'surveys', ...filter } = Route.useSearch()
  return <SurveysPage tab={tab} filter={filter} />
}
