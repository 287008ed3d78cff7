import { createFileRoute } from '@tanstack/react-router'
import { MacrosPage } from '@/features/macros'
import { needWords } from '@/shared/i18n'

/** One's own, for those who have no console. */
export const Route = createFileRoute('/macros')({
  beforeLoad: () => needWords('kit', 'macroEdit'),
  component: MacrosPage,
})
