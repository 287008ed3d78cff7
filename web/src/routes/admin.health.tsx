import { createFileRoute } from '@tanstack/react-router'
import { HealthPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/health')({
  beforeLoad: () => needWords('system'),
  component: HealthPage,
})
