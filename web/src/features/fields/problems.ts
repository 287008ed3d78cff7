import { ApiError } from '@/shared/api'
import type { FieldProblem } from './useForm'

/** The fields that a refusal names; empty for another refusal. */
export function fieldProblems(error: unknown): FieldProblem[] {
  if (!(error instanceof ApiError) || error.code !== 'fields_invalid') return []
  const named = (error.problem.errors ?? []) as unknown as FieldProblem[]
  return named.map((one) => ({ ...one, field: one.field.replace(/^fields\./, '') }))
}
