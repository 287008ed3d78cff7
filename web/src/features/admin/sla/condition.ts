/** A flat condition as rows; what is deeper than that is kept as it is. Pure. */
export interface Test {
  field: string
  op: string
  value?: unknown
}
export interface Flat {
  how: 'all' | 'any'
  tests: Test[]
}
type Raw = Record<string, unknown>

const isTest = (one: unknown): one is Test =>
  typeof one === 'object' && one !== null && 'field' in one && 'op' in one

/** Null when a condition is nested, so that rows would lose something of it. */
export function flatten(condition: Raw | null | undefined): Flat | null {
  if (!condition) return { how: 'all', tests: [] }
  if (isTest(condition)) return { how: 'all', tests: [condition] }
  for (const how of ['all', 'any'] as const) {
    const part = condition[how]
    if (Array.isArray(part) && part.every(isTest)) return { how, tests: part }
  }
  return null
}

export const compose = ({ how, tests }: Flat): Raw => ({ [how]: tests })
