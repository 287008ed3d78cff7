import { createFileRoute } from '@tanstack/react-router'
import { LabPage } from '@/features/lab'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/lab/')({
  beforeLoad: () => needWords('lab'),
  component: LabPage,
})
