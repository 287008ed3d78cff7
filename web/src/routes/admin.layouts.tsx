import { createFileRoute } from '@tanstack/react-router'
import { LayoutsPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/layouts')({
  beforeLoad: () => needWords('layouts', 'fields'),
  component: LayoutsPage,
})
