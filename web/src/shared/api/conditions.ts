/** A condition over tickets, as the server keeps it. */
export interface Test {
  field: string
  op: string
  value?: unknown
}
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | Test
