import { createFileRoute } from '@tanstack/react-router'
import { TemplatesPage } from '@/features/tasks'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/checklists')({
  beforeLoad: () => needWords('surveys', 'work'),
  component: TemplatesPage,
})
