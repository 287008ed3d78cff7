import { createFileRoute } from '@tanstack/react-router'
import { readStep, SetupPage, type Where } from '@/features/setup'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/setup')({
  validateSearch: (search): { step?: Where } => {
    const step = readStep(search.step)
    return step ? { step } : {}
  },
  beforeLoad: () => needWords('kit', 'setup', 'channel', 'admin'),
  component: Page,
})

function Page() {
  return <SetupPage step={Route.useSearch().step} />
}
