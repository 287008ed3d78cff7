import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

/** Actions with their forms, for whatever else keeps actions. Loaded when shown. */
export const ActionsField = lazily(async () => {
  const [{ ActionsField: found }] = await Promise.all([
    import('./ActionsField'),
    needWords('macroEdit'),
  ])
  return { default: found }
})
export { MacrosPage } from './MacrosPage'
export { stepsOf } from './params'
