import { lazy } from 'react'

/** What the AI may do with tickets, and how it earned that; for the console. */
export const SkillsPage = lazy(() => import('./SkillsPage'))
