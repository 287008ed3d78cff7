import type { QueryClient } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  Outlet,
  redirect,
  useRouterState,
} from '@tanstack/react-router'
import { Shell } from '@/features/shell'
import { ApiError, meQuery } from '@/shared/api'

const open = new Set(['/sign-in'])

export const Route = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  beforeLoad: async ({ context, location }) => {
    if (open.has(location.pathname)) return
    try {
      await context.queryClient.ensureQueryData(meQuery)
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 401) throw error
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
