import { createFileRoute } from '@tanstack/react-router'
import { PortalsPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/portals')({
  beforeLoad: () => needWords('portal'),
  component: PortalsPage,
})
