import { useQuery } from '@tanstack/react-query'
import { wordOf } from '@/features/fields'
import { fieldsQuery } from '@/shared/api/fields'
import type { LayoutGroup } from '@/shared/api/layouts'
import { useLocale, useTranslation } from '@/shared/i18n'

const none: never[] = []

/** The words for items and groups, and the workspace's own fields. */
export function useNames() {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: fields = none } = useQuery(fieldsQuery('ticket'))
  const item = (key: string) => {
    if (!key.startsWith('field.')) return t(`layouts.items.${key}` as 'layouts.items.status')
    const field = fields.find((one) => `field.${one.key}` === key)
    return field ? wordOf(field.name, locale, field.key) : t('layouts.items.gone')
  }
  const group = (one: Pick<LayoutGroup, 'title'>, at: number) =>
    wordOf(one.title, locale) || t('layouts.group', { place: at + 1 })
  return { fields, item, group }
}
