import { createFileRoute } from '@tanstack/react-router'
import { BulkPage } from '@/features/bulk'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/bulk')({
  beforeLoad: () => needWords('kit', 'bulkPage'),
  component: BulkPage,
})
