import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

/** What other systems know of the customer; loaded when a ticket's details are open. */
export const PanelSide = lazily(async () => {
  const [{ PanelSide: found }] = await Promise.all([import('./PanelSide'), needWords('panel')])
  return { default: found }
})

/** Fields and tables as agents see them, for whoever sets a source up. */
export const PanelAnswer = lazily(async () => {
  const [{ Answer: found }] = await Promise.all([import('./Answer'), needWords('panel')])
  return { default: found }
})
