import { createFileRoute, redirect } from '@tanstack/react-router'
import { meQuery } from '@/shared/api'
import { granted } from '@/shared/session'

const order = [
  ['workspace:manage', '/admin/workspace'],
  ['channel:manage', '/admin/channels'],
  ['agent:manage', '/admin/agents'],
  ['team:manage', '/admin/teams'],
  ['brand:manage', '/admin/brands'],
  ['unit:manage', '/admin/units'],
  ['role:manage', '/admin/roles'],
  ['quarantine:read', '/admin/quarantine'],
  ['token:manage', '/admin/tokens'],
  ['webhook:manage', '/admin/webhooks'],
  ['audit:read', '/admin/audit'],
  ['system:read', '/admin/health'],
] as const

export const Route = createFileRoute('/admin/')({
  // On a phone the map of the console is a page of its own.
  beforeLoad: async ({ context }) => {
    if (window.matchMedia('(max-width: 720px)').matches) return
    const me = await context.queryClient.ensureQueryData(meQuery)
    const first = order.find(([permission]) => granted(me, permission))
    if (first) throw redirect({ to: first[1], replace: true })
  },
})
