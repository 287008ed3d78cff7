import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

/** Fetched with their words only where a workspace has fields of its own. */
export const RecordFields = lazily(async () => {
  const [module] = await Promise.all([import('./RecordFields'), needWords('fields')])
  return module
})
/** The same where a layout says what stands where. */
export const RecordForm = lazily(async () => {
  const [module] = await Promise.all([import('./RecordForm'), needWords('fields')])
  return module
})
export const DraftFields = lazily(async () => {
  const [module] = await Promise.all([import('./DraftFields'), needWords('fields')])
  return module
})
/** The input of one field, where a value is asked for outside of a record. */
export const FieldControl = lazily(async () => {
  const [{ Control }] = await Promise.all([import('./Control'), needWords('fields')])
  return { default: Control }
})
export type { DraftProps } from './DraftFields'
export { fieldProblems } from './problems'
export type { FieldProblem } from './useForm'
export { useNeeded } from './useNeeded'
export { choicesOf, readValue, wordOf } from './values'
