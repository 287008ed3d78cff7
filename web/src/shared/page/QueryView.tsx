import type { ReactNode } from 'react'
import { ErrorState, Skeleton } from '../ui'

interface Props<T> {
  query: { data: T | undefined; error: Error | null; refetch: () => unknown }
  lines?: number
  /** Shown in place of a list without entries: what to do next. */
  empty?: ReactNode
  children: (data: T) => ReactNode
}

/** The states of everything that is fetched. */
export function QueryView<T>({ query, lines = 6, empty, children }: Props<T>) {
  if (query.data !== undefined) {
    const isEmpty = Array.isArray(query.data) && query.data.length === 0
    return isEmpty && empty !== undefined ? empty : children(query.data)
  }
  if (query.error) return <ErrorState error={query.error} retry={() => void query.refetch()} />
  return <Skeleton lines={lines} />
}
