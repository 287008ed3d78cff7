import { createFileRoute, Outlet } from '@tanstack/react-router'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/customers')({
  beforeLoad: () => needWords('kit', 'people'),
  component: Outlet,
})
