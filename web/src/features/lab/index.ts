import { lazy } from 'react'

export { Held } from './Held'

/** Golden sets, and changes that wait for them; for the console. */
export const LabPage = lazy(() => import('./LabPage'))
export const SetPage = lazy(() => import('./SetPage'))
export const RunPage = lazy(() => import('./RunPage'))
export const ChangePage = lazy(() => import('./ChangePage'))
export type SetTab = 'runs' | 'cases'
