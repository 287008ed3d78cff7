import { lazy } from 'react'
import { needWords } from '@/shared/i18n'

/** Checklist, time and reminders of a ticket; fetched when its panel is open. */
export const WorkPanel = lazy(async () => {
  const [module] = await Promise.all([import('./WorkPanel'), needWords('work')])
  return module
})
/** Checklists to put on tickets; for the console. */
export const TemplatesPage = lazy(() => import('./TemplatesPage'))
