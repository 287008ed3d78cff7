import type { CustomField, FieldNames, FieldOption, LabelKind } from '@/shared/api/fields'
import type { Locale } from '@/shared/theme'

/** The words of a name; an empty one borrows the other language. */
export const wordOf = (names: FieldNames | undefined, locale: Locale, fallback = '') =>
  (locale === 'en' ? names?.en || names?.zh : names?.zh || names?.en) || fallback

export interface Choice {
  value: string
  label: string
}
/** The options that can be chosen, of a tree with the whole path; `only` are those that rules leave. */
export function choicesOf(
  field: CustomField,
  locale: Locale,
  only: string[] | null = null,
  kept: string[] = [],
): Choice[] {
  const leafOnly = field.type === 'tree' && field.config.leaf_only === true
  const found: Choice[] = []
  const walk = (options: readonly FieldOption[], path: string, words: string, open: boolean) => {
    for (const option of options) {
      const value = path + option.id
      const label = words + wordOf(option.name, locale, option.id)
      const children = option.children ?? []
      const offered = open && option.active !== false
      const shown = offered && !(leafOnly && children.length > 0) && (!only || only.includes(value))
      if (shown || kept.includes(value)) found.push({ value, label })
      walk(children, `${value}/`, `${label} / `, offered)
    }
  }
  walk(field.options, '', '', true)
  return found
}

/** Of what kind the ids in a field are. */
export function pointsTo(field: CustomField): LabelKind | null {
  if (field.type === 'relation') return field.config.target ?? null
  if (field.type === 'person') return 'agent'
  return field.type === 'file' ? 'file' : null
}

export const listed = (value: unknown): string[] =>
  Array.isArray(value) ? value.map(String) : value ? [String(value)] : []

export interface Money {
  amount: string
  currency: string
}
export const isMoney = (value: unknown): value is Money => {
  const money = value as Partial<Money> | null
  return typeof money?.amount === 'string' && typeof money.currency === 'string'
}

interface Reading {
  locale: Locale
  zone: string | undefined
  yes: string
  no: string
  empty: string
  names?: Map<string, string>
}
const written = (value: string, { locale, zone }: Reading) =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: 'medium',
    timeStyle: 'short',
    timeZone: zone,
  }).format(new Date(value))

/** A stored value in words. */
export function readValue(field: CustomField, value: unknown, how: Reading): string {
  if (value === null || value === undefined || value === '') return how.empty
  if (typeof value === 'boolean') return value ? how.yes : how.no
  if (isMoney(value)) return `${value.amount} ${value.currency}`
  if (typeof value === 'number') return new Intl.NumberFormat(how.locale).format(value)
  const kind = field.type === 'formula' ? field.config.result : field.type
  if (kind === 'datetime' && !Number.isNaN(Date.parse(String(value)))) {
    return written(String(value), how)
  }
  const many = listed(value)
  const labels = new Map(
    choicesOf(field, how.locale, [], many).map((choice) => [choice.value, choice.label]),
  )
  return many.map((one) => labels.get(one) ?? how.names?.get(one) ?? one).join('、')
}
