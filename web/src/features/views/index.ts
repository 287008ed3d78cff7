import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

/** Builds a condition; SLA, macros and whatever else keeps conditions use it, too. Loaded when shown. */
export const ConditionBuilder = lazily(async () => {
  const [{ ConditionBuilder: found }] = await Promise.all([
    import('./ConditionBuilder'),
    needWords('viewEdit'),
  ])
  return { default: found }
})

/** The same over other fields than those of tickets. */
export const ConditionTree = lazily(async () => {
  const [{ ConditionTree: found }] = await Promise.all([
    import('./ConditionTree'),
    needWords('viewEdit'),
  ])
  return { default: found }
})

/** A condition in words. */
export const ConditionSummary = lazily(async () => {
  const { ConditionSummary: found } = await import('./ConditionSummary')
  return { default: found }
})

/** Makes, changes, shares and deletes a view. */
export const ViewPanel = lazily(async () => {
  const [{ ViewPanel: found }] = await Promise.all([
    import('./ViewPanel'),
    needWords('kit', 'viewEdit'),
  ])
  return { default: found }
})
export type { AskedField } from './tree'
export type { ViewStart } from './ViewPanel'
