import { lazy } from 'react'

/** What tickets show of the knowledge base; for those who write articles. */
export const HealthPage = lazy(() => import('./HealthPage'))
export const tabs = ['gap', 'drafts', 'stale', 'contradiction', 'adoption'] as const
export type HealthTab = (typeof tabs)[number]
export interface HealthSearch {
  tab?: HealthTab
}
