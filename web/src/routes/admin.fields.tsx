import { createFileRoute } from '@tanstack/react-router'
import { FieldsPage, type FieldsTabName } from '@/features/admin'
import type { FieldObject } from '@/shared/api/fields'
import { needWords } from '@/shared/i18n'

const objects: readonly string[] = ['ticket', 'customer', 'company']
const tabs: readonly string[] = ['fields', 'rules', 'forms']

export const Route = createFileRoute('/admin/fields')({
  validateSearch: (search): { object?: FieldObject; tab?: FieldsTabName } => ({
    ...(objects.includes(String(search.object)) ? { object: search.object as FieldObject } : {}),
    ...(tabs.includes(String(search.tab)) ? { tab: search.tab as FieldsTabName } : {}),
  }),
  beforeLoad: () => needWords('fields'),
  component: Page,
})

function Page() {
  const { object = 'ticket', tab = 'fields' } = Route.useSearch()
  return <FieldsPage object={object} tab={tab} />
}
