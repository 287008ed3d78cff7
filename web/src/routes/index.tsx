import { createFileRoute, redirect } from '@tanstack/react-router'
import { meQuery } from '@/shared/api'
import { granted } from '@/shared/session'

export const Route = createFileRoute('/')({
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery)
    const mayAdminister = granted(me, 'workspace:manage')
    throw redirect({ to: !me.workspace.setup_done && mayAdminister ? '/setup' : '/inbox' })
  },
})
