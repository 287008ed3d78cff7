import { ApiError } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'

export interface Reason {
  code: string
  rules: string[]
  fields: string[]
  detail: string
}
export const reasonsOf = (error: unknown): Reason[] =>
  error instanceof ApiError && error.code === 'rules_contradict'
    ? ((error.problem.reasons as Reason[] | undefined) ?? [])
    : []

/** Why rules were refused, with the rules named, in the reader's language. */
export function useReasons() {
  const { t } = useTranslation()
  const say = ({ code, rules, fields }: Reason) => {
    const what = t(`fields.rules.reasons.${code}` as 'fields.rules.reasons.circle')
    const named = [...rules, ...fields].map((name) => `“${name}”`).join(t('fields.rules.list'))
    return named ? `${what}: ${named}` : what
  }
  /** The same work, its refusal told with all reasons. */
  async function explained<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      const reasons = reasonsOf(error)
      if (!(error instanceof ApiError) || reasons.length === 0) throw error
      throw new ApiError({ ...error.problem, detail: reasons.map(say).join('; ') }, error.requestId)
    }
  }
  return { say, explained }
}
