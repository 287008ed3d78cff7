import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type Condition, fieldsQuery } from '@/shared/api'
import { ErrorState, Skeleton } from '@/shared/ui'
import { ConditionSummary } from './ConditionSummary'
import { ConditionTree } from './ConditionTree'
import styles from './views.module.css'

interface Props {
  value?: Condition
  onChange?: (condition: Condition) => void
  /** Said under the tests, in words. */
  summary?: boolean
  /** Asked by the desk itself, of every ticket: nobody is "me" then. */
  impersonal?: boolean
  /** How the names of those fields begin which follow from what is being set up. */
  without?: string
}

/**
 * Builds any condition over tickets. It is used by views and by whatever else keeps conditions. As a
 * field: `<Form.Item name="condition">`.
 */
export function ConditionBuilder(props: Props) {
  const { value = { all: [] }, onChange, summary = true, impersonal = false, without } = props
  const { data, error, isPending, refetch } = useQuery(fieldsQuery)
  const fields = useMemo(
    () =>
      (data?.fields ?? [])
        .filter(({ name }) => !without || !name.startsWith(without))
        .map((field) => ({ ...field, impersonal })),
    [data, without, impersonal],
  )
  if (error) return <ErrorState error={error} retry={refetch} />
  if (isPending) return <Skeleton lines={3} />
  return (
    <div className={styles.builder}>
      <ConditionTree fields={fields} value={value} onChange={onChange} />
      {summary && <ConditionSummary condition={value} />}
    </div>
  )
}
