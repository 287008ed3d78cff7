import { lazy } from 'react'
import { needWords } from '@/shared/i18n'

/** The copilot above the editor; fetched when it is opened. */
export const CopilotPanel = lazy(async () => {
  const [module] = await Promise.all([import('./CopilotPanel'), needWords('copilot')])
  return module
})
/** A summary and the next step, beside the ticket. */
export const CopilotSide = lazy(async () => {
  const [module] = await Promise.all([import('./CopilotSide'), needWords('copilot')])
  return module
})
export { useDeed } from './useDeed'
