import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type EvaluatedForm, type FormAsked, fieldsQuery, formQuery } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'

/** The fields of an object and the form as it is with what was entered so far. */
export function useLiveForm(asked: FormAsked, version?: number) {
  const { data: fields = [] } = useQuery(fieldsQuery(asked.object))
  const { data: form } = useQuery({
    ...formQuery(asked, version),
    placeholderData: keepPreviousData,
    enabled: fields.length > 0,
  })
  return { fields, form, byKey: new Map(fields.map((field) => [field.key, field])) }
}

export interface FieldProblem {
  field: string
  code: string
  message?: string
  figures?: Record<string, unknown>
}

/** What is wrong with a field, in words. */
export function useProblemText() {
  const { t } = useTranslation()
  return ({ code, figures = {} }: FieldProblem): string =>
    t(`fields.problems.${code}` as 'fields.problems.too_long', {
      defaultValue: t('fields.problems.other'),
      least: String(figures.least ?? ''),
      most: String(figures.most ?? ''),
    })
}

/** The sections with only what is to be seen now. */
export const shownSections = (form: EvaluatedForm | undefined) =>
  (form?.sections ?? [])
    .map((section) => ({
      title: section.title,
      keys: (section.fields ?? []).filter((key) => form?.states[key]?.visible),
    }))
    .filter(({ keys }) => keys.length > 0)
