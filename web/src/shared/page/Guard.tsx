import type { ReactNode } from 'react'
import { useCan } from '../session'
import { Denied } from '../ui'

/** A screen behind a permission; a link that somebody passed on must not look broken. */
export function Guard({ permission, children }: { permission: string; children: ReactNode }) {
  return useCan(permission) ? children : <Denied permission={permission} />
}
