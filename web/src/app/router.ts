import { createRouter, parseSearchWith, stringifySearchWith } from '@tanstack/react-router'
import { queryClient } from '@/shared/api'
import { keepReading } from '@/shared/offline'
import { takeNewBuild } from '@/shared/version'
import { routeTree } from '../routeTree.gen'
import { Crash, Missing } from './screens'

export const router = createRouter({
  routeTree,
  context: { queryClient },
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  defaultErrorComponent: Crash,
  defaultNotFoundComponent: Missing,
  scrollRestoration: false,
  // Ids have more digits than a number can hold: what an address says stays text.
  parseSearch: parseSearchWith((text) => text),
  stringifySearch: stringifySearchWith(String),
})

keepReading(queryClient)

takeNewBuild({
  beforeNavigation: (hear) =>
    router.subscribe('onBeforeNavigate', ({ hrefChanged, toLocation }) => {
      if (hrefChanged) hear(toLocation.href)
    }),
  busy: () => queryClient.isMutating() > 0,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
