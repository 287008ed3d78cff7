import { createFileRoute } from '@tanstack/react-router'
import { LabelPage } from '@/features/learning'
import { askedHeads, type Head } from '@/shared/api/learning'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/labels')({
  validateSearch: (search): { head?: Head } => {
    const head = askedHeads.find((one) => one === search.head)
    return head ? { head } : {}
  },
  beforeLoad: () => needWords('learning'),
  component: Page,
})

function Page() {
  return <LabelPage {...Route.useSearch()} />
}
