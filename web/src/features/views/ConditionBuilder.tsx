import { useQuery } from '@tanstack/react-query'
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
}

/**
 * Builds any condition over tickets. It is used by views and by whatever else keeps conditions. As a
 * field: `<Form.Item name="condition">`.
 */
export function ConditionBuilder({ value = { all: [] }, onChange, summary = true }: Props) {
  const { data, error, isPending, refetch } = useQuery(fieldsQuery)
  if (error) return <ErrorState error={error} retry={refetch} />
  if (isPending) return <Skeleton lines={3} />
  return (
    <div className={styles.builder}>
      <ConditionTree fields={data.fields} value={value} onChange={onChange} />
      {summary && <ConditionSummary condition={value} />}
    </div>
  )
}
