import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

/** How much it deserves to be next. */
export const ScoreSide = lazily(async () => {
  const [{ ScoreSide: found }] = await Promise.all([import('./ScoreSide'), needWords('why')])
  return { default: found }
})

/** Why this agent, or why nobody yet; asked when it is opened. */
export const AssignmentSide = lazily(async () => {
  const [{ AssignmentSide: found }] = await Promise.all([
    import('./AssignmentSide'),
    needWords('why'),
  ])
  return { default: found }
})
