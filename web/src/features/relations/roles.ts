import type { LinkRole } from '@/shared/api/relations'

/** The roles that people give, in the order in which they are offered. */
export const roles = [
  'related',
  'duplicate',
  'original',
  'child',
  'parent',
  'incident',
  'problem',
] as const satisfies readonly LinkRole[]

export const isGiven = (role: string): role is LinkRole =>
  (roles as readonly string[]).includes(role)
