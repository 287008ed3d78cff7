import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  Outlet,
  redirect,
  useRouterState,
} from '@tanstack/react-router'
import { Shell } from '@/features/shell'
import { ApiError, finishSignOut, meQuery } from '@/shared/api'
import { leave } from '@/shared/offline'

const open = new Set(['/sign-in'])

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context, location }) => {
    if (open.has(location.pathname)) return
    if (await finishSignOut()) throw redirect({ to: '/sign-in' })
    try {
      await context.queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
      await leave()
      throw redirect({ to: '/sign-in', search: { next: location.href } })
    }
  },
  component: Root,
})

function Root() {
  const path = useRouterState({ select: (state) => state.location.pathname })
  if (open.has(path)) return <Outlet />
  return (
    <Shell>
      <Outlet />
    </Shell>
  )
}
