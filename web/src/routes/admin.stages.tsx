import { createFileRoute } from '@tanstack/react-router'
import { StagesPage } from '@/features/admin'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/stages')({
  beforeLoad: () => needWords('profile'),
  component: StagesPage,
})
