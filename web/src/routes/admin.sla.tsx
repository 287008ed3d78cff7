import { createFileRoute } from '@tanstack/react-router'
import { PoliciesPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/sla')({
  beforeLoad: () => needWords('sla'),
  component: PoliciesPage,
})
