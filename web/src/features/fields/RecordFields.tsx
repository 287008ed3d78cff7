import { App, Button } from 'antd'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import type { CustomField, FieldObject, FieldState, FieldValues } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'
import { Control } from './Control'
import styles from './fields.module.css'
import { fieldProblems } from './problems'
import { Readable } from './Readable'
import { type FieldProblem, shownSections, useLiveForm, useProblemText } from './useForm'
import { wordOf } from './values'

interface Props {
  object: FieldObject
  id: Id
  /** Grows when the record changes, so that the form is asked for again. */
  version?: number
  /** For a record as it was: only to be read. */
  past?: FieldValues
  readOnly: boolean
  save: (fields: FieldValues) => Promise<unknown>
}

/**
 * The fields of a record, each changed in its place and saved at once. When a change needs others to
 * be filled in first, it waits with what is missing marked.
 */
export default function RecordFields({ object, id, version, past, readOnly, save }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { message } = App.useApp()
  const [draft, setDraft] = useState<FieldValues>({})
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const { fields, form, byKey } = useLiveForm({ object, id, values: draft, use: 'panel' }, version)
  if (fields.length === 0 || !form) return null

  async function change(key: string, value: unknown) {
    const next = { ...draft, [key]: value }
    setDraft(next)
    try {
      await save(next)
      setDraft({})
      setProblems([])
    } catch (error) {
      const refused = fieldProblems(error)
      setProblems(refused)
      if (refused.length === 0) {
        setDraft(draft)
        message.error(errorText(t, error))
      }
    }
  }
  const shownValue = (key: string) => {
    if (past) return past[key]
    return key in draft ? draft[key] : form.values[key]
  }
  return (
    <>
      {shownSections(form).map(({ title, keys }) => (
        <section
          key={keys.join()}
          className={styles.section}
          aria-label={wordOf(title, locale) || t('fields.section')}
        >
          {wordOf(title, locale) && <h3>{wordOf(title, locale)}</h3>}
          <dl className={styles.rows}>
            {keys.map((key) => {
              const field = byKey.get(key)
              const state = form.states[key]
              return (
                field &&
                state && (
                  <Row
                    key={key}
                    field={field}
                    state={state}
                    value={shownValue(key)}
                    problem={problems.find((one) => one.field === key)}
                    readOnly={readOnly || Boolean(past) || state.readonly}
                    change={(value) => void change(key, value)}
                  />
                )
              )
            })}
          </dl>
        </section>
      ))}
      {problems.length > 0 && (
        <div className={styles.bar} role="alert">
          {t('fields.pending')}
          <Button
            size="small"
            onClick={() => {
              setDraft({})
              setProblems([])
            }}
          >
            {t('fields.discard')}
          </Button>
        </div>
      )}
    </>
  )
}

interface RowProps {
  field: CustomField
  state: FieldState
  value: unknown
  problem?: FieldProblem
  readOnly: boolean
  change: (value: unknown) => void
}

function Row({ field, state, value, problem, readOnly, change }: RowProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const read = useProblemText()
  return (
    <>
      <dt title={wordOf(field.help, locale) || undefined}>
        {wordOf(field.name, locale, field.key)}
        {state.required && (
          <span className={styles.star} title={t('fields.needed')}>
            {' '}
            *
          </span>
        )}
      </dt>
      <dd>
        {readOnly ? (
          <Readable field={field} value={value} />
        ) : (
          <Control field={field} state={state} value={value} change={change} />
        )}
        {problem && <p className={styles.problem}>{read(problem)}</p>}
      </dd>
    </>
  )
}
