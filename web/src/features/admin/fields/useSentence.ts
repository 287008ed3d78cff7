import { readValue, wordOf } from '@/features/fields'
import type { CustomField, FieldCondition, FieldEffect, FieldRule } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useZone } from '@/shared/ui'

/** Rules as sentences that people read. */
export function useSentence(fields: CustomField[]) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const field = (key: string) => fields.find((one) => one.key === key)
  const name = (key: string) => {
    const known = field(key)
    if (known) return wordOf(known.name, locale, key)
    // Such a key has a dot of its own.
    return t(['fields', 'rules', 'context', key].join('\n') as 'fields.rules.context.ticket.type', {
      defaultValue: key,
      keySeparator: '\n',
    })
  }
  const words = { yes: t('fields.yes'), no: t('fields.no'), empty: t('fields.empty') }
  const value = (key: string, raw: unknown) => {
    const many = Array.isArray(raw) ? raw : [raw]
    const known = field(key)
    return many
      .map((one) => (known ? readValue(known, one, { locale, zone, ...words }) : String(one)))
      .join(t('fields.rules.list'))
  }
  function when(part: FieldCondition): string {
    if (part.field && part.op) {
      const op = t(`fields.rules.ops.${part.op}` as 'fields.rules.ops.is')
      const asked = part.value === undefined || part.value === null
      return `“${name(part.field)}” ${op}${asked ? '' : ` ${value(part.field, part.value)}`}`
    }
    if (part.not) return t('fields.rules.not', { text: when(part.not) })
    const parts = (part.any ?? part.all ?? []).map((one) => inside(one))
    const joined = parts.join(part.any ? t('fields.rules.or') : t('fields.rules.and'))
    return parts.length > 1 ? joined : (parts[0] ?? t('fields.rules.always'))
  }
  /** A group within a group in brackets: who reads it must not guess what belongs together. */
  function inside(part: FieldCondition): string {
    const several = (part.any ?? part.all ?? []).length > 1
    return several ? t('fields.rules.group', { text: when(part) }) : when(part)
  }
  const effect = (one: FieldEffect) => {
    const said = one.do === 'limit' ? value(one.field, one.options) : value(one.field, one.value)
    return t(`fields.rules.do.${one.do}`, {
      field: name(one.field),
      value: one.do === 'compute' ? one.formula : said,
    })
  }
  const sentence = (rule: Pick<FieldRule, 'condition' | 'effects'>) => {
    const then = rule.effects.map(effect).join(t('fields.rules.and'))
    const always = (rule.condition.all ?? rule.condition.any)?.length === 0
    return always
      ? t('fields.rules.sentenceAlways', { then })
      : t('fields.rules.sentence', { when: when(rule.condition), then })
  }
  return { sentence, when, name }
}
