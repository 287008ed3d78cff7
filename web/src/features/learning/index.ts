import { lazy } from 'react'
import type { Head } from '@/shared/api/learning'

/** How good the desk reads messages, and what it learns; for the console. */
export const LearningPage = lazy(() => import('./LearningPage'))
/** Messages whose label would teach most. */
export const LabelPage = lazy(() => import('./LabelPage'))
export type LearningTab = 'card' | 'versions' | 'labels'
export interface LearningSearch {
  head?: Head
  tab?: LearningTab
}
