import { lazy } from 'react'
import { needWords } from '@/shared/i18n'

/** What the customer means and feels, and what they have said already; fetched with the panel. */
export const UnderstandingSide = lazy(async () => {
  const [module] = await Promise.all([import('./UnderstandingSide'), needWords('signals')])
  return module
})
/** How messages are read; for the console. */
export const UnderstandingPage = lazy(async () => {
  const [module] = await Promise.all([import('./UnderstandingPage'), needWords('signals')])
  return module
})
