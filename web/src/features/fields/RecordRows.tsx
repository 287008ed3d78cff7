import { Button } from 'antd'
import type { CustomField, FieldState } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Control } from './Control'
import styles from './fields.module.css'
import { Readable } from './Readable'
import { type FieldProblem, useProblemText } from './useForm'
import type { RecordState } from './useRecord'
import { wordOf } from './values'

interface Props {
  record: RecordState
  keys: readonly string[]
  readOnly: boolean
}

/** Name and value of some fields of a record, as rows of a list of terms. */
export function RecordRows({ record, keys, readOnly }: Props) {
  const { form, byKey, problems, shownValue, change } = record
  return keys.map((key) => {
    const field = byKey.get(key)
    const state = form?.states[key]
    return (
      field &&
      state && (
        <Row
          key={key}
          field={field}
          state={state}
          value={shownValue(key)}
          problem={problems.find((one) => one.field === key)}
          readOnly={readOnly || state.readonly}
          change={(value) => void change(key, value)}
        />
      )
    )
  })
}

/** What waits until others are filled in, and the way out of it. */
export function PendingBar({ record }: { record: RecordState }) {
  const { t } = useTranslation()
  if (record.problems.length === 0) return null
  return (
    <div className={styles.bar} role="alert">
      {t('fields.pending')}
      <Button size="small" onClick={record.discard}>
        {t('fields.discard')}
      </Button>
    </div>
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
