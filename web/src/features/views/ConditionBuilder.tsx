import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Condition, fieldsQuery } from '@/shared/api'
import { ErrorState, Skeleton } from '@/shared/ui'
import { ConditionSummary } from './ConditionSummary'
import { GroupEditor } from './GroupEditor'
import { conditionOf, type Group, groupOf } from './tree'
import styles from './views.module.css'

interface Props {
  value?: Condition
  onChange?: (condition: Condition) => void
  /** Said under the tests, in words. */
  summary?: boolean
}

/**
 * Builds any condition from fields, operators and values, with groups within groups. It is used by
 * views and by whatever else keeps conditions. As a field: `<Form.Item name="condition">`.
 */
export function ConditionBuilder({ value = { all: [] }, onChange, summary = true }: Props) {
  const { data, error, isPending, refetch } = useQuery(fieldsQuery)
  const [tree, setTree] = useState<Group>(() => groupOf(value))
  const fields = data?.fields
  const written = JSON.stringify(value)
  // What came from outside replaces the tests; what we wrote ourselves does not, unfinished ones stay.
  useEffect(() => {
    if (!fields) return
    setTree((old) =>
      JSON.stringify(conditionOf(old, fields)) === written ? old : groupOf(JSON.parse(written)),
    )
  }, [written, fields])
  if (error) return <ErrorState error={error} retry={refetch} />
  if (isPending || !fields) return <Skeleton lines={3} />

  function change(next: Group) {
    setTree(next)
    onChange?.(conditionOf(next, fields ?? []))
  }
  return (
    <div className={styles.builder}>
      <GroupEditor group={tree} fields={fields} change={change} depth={0} />
      {summary && <ConditionSummary condition={conditionOf(tree, fields)} />}
    </div>
  )
}
