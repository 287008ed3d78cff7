import { useEffect, useState } from 'react'
import type { Condition } from '@/shared/api'
import { GroupEditor } from './GroupEditor'
import { type AskedField, conditionOf, type Group, groupOf } from './tree'
import styles from './views.module.css'

interface Props {
  /** What can be asked about: of tickets, or of the fields of a form. */
  fields: AskedField[]
  value?: Condition
  onChange?: (condition: Condition) => void
  /** So many groups within the first one. */
  deepest?: number
}

/** Builds any condition over some fields, with groups within groups. As a field of a form, too. */
export function ConditionTree({ fields, value = { all: [] }, onChange, deepest = 4 }: Props) {
  const [tree, setTree] = useState<Group>(() => groupOf(value))
  const written = JSON.stringify(value)
  // What came from outside replaces the tests; what we wrote ourselves does not, unfinished ones stay.
  useEffect(() => {
    setTree((old) =>
      JSON.stringify(conditionOf(old, fields)) === written ? old : groupOf(JSON.parse(written)),
    )
  }, [written, fields])

  function change(next: Group) {
    setTree(next)
    onChange?.(conditionOf(next, fields))
  }
  return (
    <div className={styles.builder}>
      <GroupEditor group={tree} fields={fields} change={change} depth={0} deepest={deepest} />
    </div>
  )
}
