import { createFileRoute } from '@tanstack/react-router'
import { UnderstandingPage } from '@/features/understanding'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/understanding')({
  beforeLoad: () => needWords('signals', 'lab'),
  component: UnderstandingPage,
})
