import { createFileRoute } from '@tanstack/react-router'
import { CalendarsPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/calendars')({
  beforeLoad: () => needWords('sla'),
  component: CalendarsPage,
})
