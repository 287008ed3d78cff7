import { lazy } from 'react'
import { needWords } from '@/shared/i18n'

/** Articles beside a ticket, fetched when they are asked for. */
export const ArticlesPanel = lazy(async () => {
  const [module] = await Promise.all([import('./ArticlesPanel'), needWords('advice')])
  return module
})
