import { useSyncExternalStore } from 'react'
import { usePreferences } from '@/shared/theme'
import type { InboxSearch } from './search'

const wide = typeof matchMedia === 'undefined' ? null : matchMedia('(min-width: 1100px)')
const subscribe = (tell: () => void) => {
  wide?.addEventListener('change', tell)
  return () => wide?.removeEventListener('change', tell)
}

/** Whether the screen has room for a table. */
export const useWide = () => useSyncExternalStore(subscribe, () => wide?.matches ?? false)

/** A table over the whole width while no ticket is open, or the compact list. */
export function useForm(search: InboxSearch): 'table' | 'compact' {
  const wish = usePreferences((p) => p.listForm)
  const isWide = useWide()
  return wish === 'table' && isWide && !search.ticket ? 'table' : 'compact'
}
