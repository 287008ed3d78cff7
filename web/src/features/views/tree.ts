import type { Condition, FilterField, Test } from '@/shared/api'

/** A field that can be asked about; days without a time are known to forms only. */
export interface AskedField extends Omit<FilterField, 'kind'> {
  kind: FilterField['kind'] | 'day'
  /** Asked by nobody in particular: there is no "me". */
  impersonal?: boolean
}

/** A condition as the builder holds it: groups of tests and groups, each with a key of its own. */
export interface Group {
  key: string
  join: 'all' | 'any'
  negated: boolean
  parts: Part[]
}
export interface Leaf extends Test {
  key: string
}
export type Part = Group | Leaf
export const isGroup = (part: Part): part is Group => 'join' in part

let made = 0
const newKey = () => `p${++made}`

export const emptyGroup = (join: Group['join'] = 'all'): Group => ({
  key: newKey(),
  join,
  negated: false,
  parts: [],
})
export const leaf = (test: Test): Leaf => ({ ...test, key: newKey() })

function partOf(condition: Condition): Part {
  if ('field' in condition) return leaf(condition)
  return groupOf(condition)
}

/** Reads any condition; its top becomes a group. */
export function groupOf(condition: Condition): Group {
  if ('all' in condition) return { ...emptyGroup('all'), parts: condition.all.map(partOf) }
  if ('any' in condition) return { ...emptyGroup('any'), parts: condition.any.map(partOf) }
  if ('not' in condition) {
    const inner = groupOf(condition.not)
    return inner.negated
      ? { ...emptyGroup(), parts: [inner], negated: true }
      : { ...inner, negated: true }
  }
  return { ...emptyGroup(), parts: [leaf(condition)] }
}

/** Writes it as the server keeps it. Tests that nobody finished are left out. */
export function conditionOf(group: Group, fields: AskedField[]): Condition {
  const parts = group.parts.flatMap((part): Condition[] => {
    if (isGroup(part)) return part.parts.length > 0 ? [conditionOf(part, fields)] : []
    return isComplete(part, fields) ? [plain(part)] : []
  })
  const inner: Condition = group.join === 'all' ? { all: parts } : { any: parts }
  return group.negated ? { not: inner } : inner
}

const plain = ({ field, op, value }: Leaf): Test =>
  value === undefined ? { field, op } : { field, op, value }

export const takesOf = (test: Test, fields: AskedField[]) =>
  fields
    .find((field) => field.name === test.field)
    ?.operators.find((operator) => operator.id === test.op)?.takes

/** Whether a test has what its operator needs. */
export function isComplete(test: Test, fields: AskedField[]): boolean {
  const takes = takesOf(test, fields)
  const { value } = test
  if (takes === undefined) return false
  if (takes === 'none') return true
  if (takes === 'many') return Array.isArray(value) && value.length > 0
  if (takes === 'two') return Array.isArray(value) && value.length === 2 && value.every(filled)
  if (takes === 'span') return typeof value === 'string' && /^\d+[mhdw]$/.test(value)
  return filled(value)
}
const filled = (value: unknown) => value !== undefined && value !== null && value !== ''

/** A changed copy, wherever in the tree the part is; `null` takes it out. */
export function replaced(group: Group, key: string, next: Part | null): Group {
  return {
    ...group,
    parts: group.parts.flatMap((part) => {
      if (part.key === key) return next ? [next] : []
      return [isGroup(part) ? replaced(part, key, next) : part]
    }),
  }
}

/** Another operator keeps the value where it still fits. */
export function withOperator(test: Leaf, op: string, fields: AskedField[]): Leaf {
  const before = takesOf(test, fields)
  const after = takesOf({ ...test, op }, fields)
  if (before === after) return { ...test, op }
  const many = Array.isArray(test.value) ? test.value : filled(test.value) ? [test.value] : []
  if (after === 'many' && before === 'one') return { ...test, op, value: many }
  if (after === 'one' && before === 'many') return { ...test, op, value: many[0] }
  return { ...test, op, value: undefined }
}
