import { useQuery } from '@tanstack/react-query'
import { type CustomField, labelsQuery } from '@/shared/api/fields'
import { listed, pointsTo } from './values'

/** Names of what a field points to, by id. */
export function useLabels(field: CustomField, value: unknown): Map<string, string> {
  const kind = pointsTo(field)
  const ids = kind ? listed(value) : []
  const { data = [] } = useQuery({ ...labelsQuery(kind ?? 'agent', ids), enabled: ids.length > 0 })
  return new Map(data.map(({ id, label }) => [id, label]))
}
