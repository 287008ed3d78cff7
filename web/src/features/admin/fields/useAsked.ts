import { useMemo } from 'react'
import { choicesOf } from '@/features/fields'
import type { AskedField } from '@/features/views'
import type { CustomField, FieldObject } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { contexts, opsOf, takesOf } from './tests'
import { useSentence } from './useSentence'

type Kind = AskedField['kind']
const kinds: Record<string, Kind> = {
  number: 'number',
  money: 'number',
  date: 'day',
  datetime: 'time',
  choice: 'choice',
  tree: 'choice',
  multi_choice: 'choice',
  person: 'person',
  relation: 'reference',
  checkbox: 'flag',
}
const pointed = { ticket: 'ticket', customer: 'contact', company: 'company' } as const
const sources: Record<string, string> = { 'ticket.channel': 'channel', 'ticket.brand': 'brand' }
const priorities = ['urgent', 'high', 'normal', 'low'] as const

const both = (text: string) => ({ zh: text, en: text })
const kindOf = ({ type, config }: CustomField) =>
  type === 'formula' ? (config.result ?? 'number') : type

/** What the conditions of rules ask about: the fields of a form, and what a ticket says besides them. */
export function useAsked(fields: CustomField[], object: FieldObject): AskedField[] {
  const { t } = useTranslation()
  const locale = useLocale()
  const { name } = useSentence(fields)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `name` says the same for the same fields
  return useMemo(() => {
    const operators = (field?: CustomField) =>
      opsOf(field).map((id) => ({
        id,
        title: both(t(`fields.rules.ops.${id}`)),
        takes: takesOf(id),
      }))
    const own = fields.map(
      (field): AskedField => ({
        name: field.key,
        kind: kinds[kindOf(field)] ?? 'text',
        title: both(name(field.key)),
        group: 'fields',
        of: ofField(field),
        choices: choicesOf(field, locale).map(({ value, label }) => ({
          value,
          title: both(label),
        })),
        operators: operators(field),
      }),
    )
    const around = (object === 'ticket' ? contexts : []).map(
      (key): AskedField => ({
        name: key,
        kind: 'choice',
        title: both(name(key)),
        group: 'ticket',
        of: sources[key] ?? null,
        choices:
          key === 'ticket.priority'
            ? priorities.map((value) => ({ value, title: both(t(`priority.${value}`)) }))
            : [],
        operators: operators(),
      }),
    )
    return [...own, ...around]
  }, [fields, object, locale, t])
}

function ofField(field: CustomField): string | null {
  if (field.type === 'person') return 'person'
  return field.type === 'relation' ? pointed[field.config.target ?? 'ticket'] : null
}
