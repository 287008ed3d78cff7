import { QueryClient } from '@tanstack/react-query'
import { ApiError } from './client'

const retryable = (error: Error) =>
  !(error instanceof ApiError) || error.status === 0 || error.status >= 502

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 60_000,
      gcTime: 15 * 60_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && retryable(error),
    },
  },
})
