import { useId } from 'react'
import type { EvaluatedForm, FieldValues, FormAsked, FormSection } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Control, type ControlProps } from './Control'
import styles from './fields.module.css'
import { neededNow } from './needed'
import { Readable } from './Readable'
import { type FieldProblem, shownSections, useLiveForm, useProblemText } from './useForm'
import { wordOf } from './values'

export interface DraftProps {
  asked: Omit<FormAsked, 'values'>
  values: FieldValues
  change: (values: FieldValues) => void
  /** What the server refused. */
  problems?: FieldProblem[]
  /** Instead of those of the form that fits: for a form that is being made. */
  sections?: FormSection[]
  /** Only what must be filled in now and is none of these, which have their places elsewhere. */
  beside?: readonly string[]
}

/** The fields of something new, one below the other; rules are at work while one types. */
export default function DraftFields({
  asked,
  values,
  change,
  problems = [],
  sections: given,
  beside,
}: DraftProps) {
  const locale = useLocale()
  const { form, byKey } = useLiveForm({ ...asked, values })
  const needed = neededOf(form, values, { beside, problems })
  const sections = needed ? [{ fields: needed }] : given
  const shown = shownSections(form && sections ? { ...form, sections } : form)
  return (
    <>
      {shown.map(({ title, keys }) => (
        <fieldset key={keys.join()} className={styles.stack} style={{ border: 0, padding: 0 }}>
          {wordOf(title, locale) && <legend>{wordOf(title, locale)}</legend>}
          {keys.map((key) => {
            const field = byKey.get(key)
            const state = form?.states[key]
            return (
              field &&
              state && (
                <Entry
                  key={key}
                  field={field}
                  state={state}
                  value={key in values && !state.readonly ? values[key] : form.values[key]}
                  problem={problems.find((one) => one.field === key)}
                  change={(value) => change({ ...values, [key]: value })}
                />
              )
            )
          })}
        </fieldset>
      ))}
    </>
  )
}

/** Fields that must be filled in: those that were empty once stay, or they would go while one types. */
function neededOf(
  form: EvaluatedForm | undefined,
  values: FieldValues,
  { beside, problems }: { beside?: readonly string[]; problems: FieldProblem[] },
): string[] | undefined {
  if (!beside) return undefined
  const placed = new Set(beside)
  const typed = Object.keys(values).filter((key) => !placed.has(key))
  return [...new Set([...neededNow(form, placed, problems), ...typed])]
}

interface EntryProps extends ControlProps {
  problem?: FieldProblem
}

function Entry({ problem, ...control }: EntryProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const id = useId()
  const read = useProblemText()
  const { field, state, value } = control
  const help = wordOf(field.help, locale)
  return (
    <div>
      <label className={styles.label} htmlFor={id}>
        {wordOf(field.name, locale, field.key)}
        {state?.required && (
          <span className={styles.star} title={t('fields.needed')}>
            {' '}
            *
          </span>
        )}
      </label>
      {state?.readonly ? (
        <Readable field={field} value={value} />
      ) : (
        <Control {...control} id={id} />
      )}
      {help && <p className={styles.help}>{help}</p>}
      {problem && (
        <p className={styles.problem} role="alert">
          {read(problem)}
        </p>
      )}
    </div>
  )
}
