import type { ReactNode } from 'react'
import { ErrorState, Skeleton } from '../ui'

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown }
  lines?: number
  children: (data: T) => ReactNode
}

/** The three states of everything that is fetched. */
export function QueryView<T>({ query, lines = 6, children }: Props<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return <Skeleton lines={lines} />
}
