import { needWords } from '@/shared/i18n'
import { lazily } from '@/shared/ui'

/** Fetched with their words only where a workspace has fields of its own. */
export const RecordFields = lazily(async () => {
  const [module] = await Promise.all([import('./RecordFields'), needWords('fields')])
  return module
})
export const DraftFields = lazily(async () => {
  const [module] = await Promise.all([import('./DraftFields'), needWords('fields')])
  return module
})
export { fieldProblems } from './problems'
export type { FieldProblem } from './useForm'
export { choicesOf, readValue, wordOf } from './values'
