import type { CustomField, FieldEffect } from '@/shared/api/fields'

export const contexts = [
  'ticket.type',
  'ticket.priority',
  'ticket.channel',
  'ticket.brand',
] as const
export type Op = keyof typeof takes
const takes = {
  is: 'one',
  is_not: 'one',
  in: 'many',
  not_in: 'many',
  contains: 'one',
  not_contains: 'one',
  starts_with: 'one',
  lt: 'one',
  lte: 'one',
  gt: 'one',
  gte: 'one',
  between: 'two',
  before: 'one',
  after: 'one',
  under: 'one',
  has: 'one',
  has_any: 'many',
  has_all: 'many',
  has_none: 'many',
  empty: 'none',
  not_empty: 'none',
} as const
export const takesOf = (op: string): 'one' | 'many' | 'two' | 'none' => takes[op as Op] ?? 'one'

const same: Op[] = ['is', 'is_not', 'in', 'not_in']
const emptiness: Op[] = ['empty', 'not_empty']
const time: Op[] = ['is', 'before', 'after', 'between', ...emptiness]
const order: Op[] = ['is', 'is_not', 'lt', 'lte', 'gt', 'gte', 'between', ...emptiness]
const list: Op[] = ['has', 'has_any', 'has_all', 'has_none', ...emptiness]
const text: Op[] = [...same, 'contains', 'not_contains', 'starts_with', ...emptiness]
const byKind: Record<string, Op[]> = {
  text,
  long_text: text,
  number: order,
  money: order,
  date: time,
  datetime: time,
  choice: [...same, ...emptiness],
  person: [...same, ...emptiness],
  tree: ['under', ...same, ...emptiness],
  multi_choice: list,
  relation: list,
  file: emptiness,
  checkbox: ['is'],
}
/** How a field can be asked; without one it is something of the ticket. */
export const opsOf = (field: CustomField | undefined): Op[] => {
  if (!field) return [...same, ...emptiness]
  const kind = field.type === 'formula' ? (field.config.result ?? 'number') : field.type
  return byKind[kind] ?? emptiness
}

/** Effects that can do something to this field. */
export function doingsOf(field: CustomField | undefined): FieldEffect['do'][] {
  if (!field) return ['show']
  if (field.type === 'formula') return ['show']
  const found: FieldEffect['do'][] = ['show', 'require']
  if (field.type !== 'file') found.push('fill')
  if (['choice', 'multi_choice', 'tree'].includes(field.type)) found.push('limit')
  if (!['person', 'relation', 'file', 'multi_choice'].includes(field.type)) found.push('compute')
  return found
}
