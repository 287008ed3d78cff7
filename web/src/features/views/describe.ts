import type { Condition, FilterField, Test } from '@/shared/api'
import { localized } from '@/shared/i18n'
import type { Locale } from '@/shared/theme'
import { takesOf } from './tree'

/** How a value is called; the value itself where nobody knows. */
export type NameOf = (field: FilterField, value: unknown) => string

interface Words {
  and: string
  or: string
  not: string
  list: string
  between: string
  open: string
  close: string
  all: string
  none: string
  yes: string
  no: string
  me: string
  myTeams: string
  units: Record<'m' | 'h' | 'd' | 'w', [string, string]>
}
const words: Record<Locale, Words> = {
  'zh-CN': {
    and: '，并且', or: '，或者', not: '不满足', list: '、', between: ' 到 ', open: '（', close: '）',
    all: '所有工单', none: '没有工单', yes: '是', no: '否', me: '我', myTeams: '我的团队',
    units: { m: [' 分钟', ' 分钟'], h: [' 小时', ' 小时'], d: [' 天', ' 天'], w: [' 周', ' 周'] },
  },
  en: {
    and: ' and ', or: ' or ', not: 'not ', list: ', ', between: ' and ', open: '(', close: ')',
    all: 'all tickets', none: 'no tickets', yes: 'yes', no: 'no', me: 'me', myTeams: 'my teams',
    units: { m: [' minute', ' minutes'], h: [' hour', ' hours'], d: [' day', ' days'], w: [' week', ' weeks'] },
  },
} // biome-ignore format: two languages side by side

/** A condition as a sentence that can be read aloud. */
export function describe(
  condition: Condition,
  fields: FilterField[],
  nameOf: NameOf,
  locale: Locale,
): string {
  const say = words[locale]
  const part = (one: Condition, inside: boolean): string => {
    if ('field' in one) return test(one)
    if ('not' in one) {
      const inner = part(one.not, false)
      return `${say.not}${say.open}${inner}${say.close}`
    }
    const [parts, join, empty] =
      'all' in one ? [one.all, say.and, say.all] : [one.any, say.or, say.none]
    if (parts.length === 0) return empty
    const sentence = parts.map((item) => part(item, parts.length > 1)).join(join)
    return inside && parts.length > 1 ? `${say.open}${sentence}${say.close}` : sentence
  }
  const test = (one: Test): string => {
    const field = fields.find((item) => item.name === one.field)
    if (!field) return one.field
    const operator = field.operators.find((item) => item.id === one.op)
    const value = valueText(field, one)
    const title = localized(field.title, locale, field.name)
    return [title, localized(operator?.title, locale, one.op), value].filter(Boolean).join(' ')
  }
  const one = (field: FilterField, value: unknown): string => {
    if (typeof value === 'boolean') return value ? say.yes : say.no
    if (value === 'me') return say.me
    if (value === 'my_teams') return say.myTeams
    return nameOf(field, value)
  }
  const valueText = (field: FilterField, { op, value, field: name }: Test): string => {
    const takes = takesOf({ field: name, op }, fields)
    if (takes === 'none' || value === undefined) return ''
    if (takes === 'span') return span(String(value), locale)
    const list = Array.isArray(value) ? value : [value]
    return list.map((item) => one(field, item)).join(takes === 'two' ? say.between : say.list)
  }
  return part(condition, false)
}

/** `7d` as people say it. */
export function span(text: string, locale: Locale): string {
  const found = /^(\d+)([mhdw])$/.exec(text)
  if (!found) return text
  const [, number = '', unit] = found
  return number + words[locale].units[unit as 'm'][number === '1' ? 0 : 1]
}
