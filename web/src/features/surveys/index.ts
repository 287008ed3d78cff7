import { lazy } from 'react'
import { needWords } from '@/shared/i18n'

/** What the customer of a ticket said; fetched when its panel is open. */
export const SatisfactionPanel = lazy(async () => {
  const [module] = await Promise.all([import('./SatisfactionPanel'), needWords('work')])
  return module
})
/** Surveys and what customers said; for the console. */
export const SurveysPage = lazy(() => import('./SurveysPage'))
export type SurveysTab = 'surveys' | 'responses'
