import type { ReactNode } from 'react'
import { neededNow } from './needed'
import { PendingBar, RecordRows } from './RecordRows'
import { type RecordProps, useRecord } from './useRecord'

interface Drawn {
  /** Those of these fields that are to be seen, as rows; null where none is. */
  rows: (keys: readonly string[]) => ReactNode
  /** Fields that must be filled in now and stand nowhere. */
  needed: string[]
  /** Whether one of these fields must be filled in now. */
  isNeeded: (keys: readonly string[]) => boolean
  bar: ReactNode
}
interface Props extends RecordProps {
  /** The fields that have a place. */
  placed: ReadonlySet<string>
  children: (drawn: Drawn) => ReactNode
}

/** The fields of a record in places that somebody else decides on. */
export default function RecordForm({ placed, children, ...props }: Props) {
  const record = useRecord(props)
  const { form, byKey, problems } = record
  const readOnly = props.readOnly || Boolean(props.past)
  const nowhere: ReadonlySet<string> = new Set()
  const all = new Set(readOnly ? [] : neededNow(form, nowhere, problems))
  return children({
    rows: (keys) => {
      const shown = keys.filter((key) => byKey.has(key) && form?.states[key]?.visible)
      return shown.length > 0 ? (
        <RecordRows record={record} keys={shown} readOnly={readOnly} />
      ) : null
    },
    needed: [...all].filter((key) => !placed.has(key)),
    isNeeded: (keys) => keys.some((key) => all.has(key)),
    bar: <PendingBar record={record} />,
  })
}
