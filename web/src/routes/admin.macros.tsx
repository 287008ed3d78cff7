import { createFileRoute } from '@tanstack/react-router'
import { MacrosPage } from '@/features/macros'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/macros')({
  beforeLoad: () => needWords('macroEdit'),
  component: MacrosPage,
})
