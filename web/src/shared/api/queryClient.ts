import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './client'

const retryable = (error: Error) =>
  globalThis.navigator?.onLine !== false &&
  (!(error instanceof ApiError) || error.status === 0 || error.status >= 502)

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      refetchOnWindowFocus: false,
      refetchOnReconnect: true,
      // Without a line a request is made all the same: what was kept answers it.
      networkMode: 'always',
      retry: (failures, error) => failures < 2 && retryable(error),
    },
    // A change that cannot be handed over says so at once, or waits where a reload finds it.
    mutations: { networkMode: 'always' },
  },
})
