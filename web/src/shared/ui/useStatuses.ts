import { useQuery } from '@tanstack/react-query'
import { type StatusCategory, statusesQuery } from '../api'
import { localized, useLocale, useTranslation } from '../i18n'
import { categoryOf, statusName } from './StatusTag'

/** Names and categories of the workspace's statuses; the built-in words until they are known. */
export function useStatuses() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data = [] } = useQuery(statusesQuery)
  const find = (id: string) => data.find((status) => status.id === id)
  return {
    all: data,
    name: (id: string): string => localized(find(id)?.name, locale, statusName(t, id)),
    category: (id: string): StatusCategory => find(id)?.category ?? categoryOf(id),
  }
}
