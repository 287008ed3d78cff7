import type { PermissionInfo, RoleGrant } from '@/shared/api/admin'

/** What the matrix shows in a line: not given, or given how far. `unit` may name a unit, else one's own. */
export interface Cell {
  scope: RoleGrant['scope']
  unit_id?: string | null
}
export type Matrix = Record<string, Cell | undefined>

const width = ['own', 'team', 'unit', 'all']
const wider = (a: Cell, b: Cell) => width.indexOf(a.scope) >= width.indexOf(b.scope)

/** One line a permission: where a role has several grants, the widest is shown. `*` fills every line. */
export function matrixOf(grants: RoleGrant[], permissions: PermissionInfo[]): Matrix {
  const matrix: Matrix = {}
  for (const grant of grants) {
    const names =
      grant.permission === '*'
        ? permissions.map(({ permission }) => permission)
        : [grant.permission]
    for (const name of names) {
      const cell = { scope: grant.scope, unit_id: grant.unit_id ?? null }
      const old = matrix[name]
      if (!old || wider(cell, old)) matrix[name] = cell
    }
  }
  return matrix
}

export function grantsOf(matrix: Matrix): RoleGrant[] {
  return Object.entries(matrix).flatMap(([permission, cell]) =>
    cell
      ? [
          cell.unit_id
            ? { permission, scope: cell.scope, unit_id: cell.unit_id }
            : { permission, scope: cell.scope },
        ]
      : [],
  )
}

const families = ['ticket', 'contact', 'company', 'quarantine'] as const
/** Permissions by what they are about; the rest is for those who run the desk. */
export function familyOf(permission: string): 'tickets' | 'customers' | 'tools' | 'admin' {
  const [what = ''] = permission.split(':')
  if (what === 'ticket' || what === 'quarantine') return 'tickets'
  if (families.includes(what as 'contact')) return 'customers'
  return ['search', 'file', 'report'].includes(what) ? 'tools' : 'admin'
}
