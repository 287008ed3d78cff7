import { createFileRoute, Outlet } from '@tanstack/react-router'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/knowledge')({
  beforeLoad: () => needWords('kit', 'knowledge', 'lab'),
  component: Outlet,
})
