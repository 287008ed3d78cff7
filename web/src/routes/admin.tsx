import { createFileRoute } from '@tanstack/react-router'
import { AdminLayout } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin')({
  beforeLoad: () => needWords('kit', 'admin', 'channel'),
  component: AdminLayout,
})
