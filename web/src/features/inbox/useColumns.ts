import type { View } from '@/shared/api'
import { usePreferences } from '@/shared/theme'

export const tableRowHeight = 44

export const usual = ['number', 'subject', 'requester', 'status', 'priority', 'assignee', 'updated']

/** The columns of a view; of one that nobody saved, as this person likes them. */
export function useColumns(view: View | undefined): string[] {
  const mine = usePreferences((p) => p.columns)
  if (view?.owner) return view.columns
  return mine.length > 0 ? mine : (view?.columns ?? usual)
}
