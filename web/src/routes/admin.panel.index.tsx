import { createFileRoute } from '@tanstack/react-router'
import { SourcesPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/panel/')({
  beforeLoad: () => needWords('panelEdit'),
  component: SourcesPage,
})
