import { App } from 'antd'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import type { FieldObject, FieldValues } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'
import { fieldProblems } from './problems'
import { type FieldProblem, useLiveForm } from './useForm'

export interface RecordProps {
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
 * The fields of a record, each changed in its place and saved at once. When a change needs others to be
 * filled in first, it waits with what is missing marked.
 */
export function useRecord({ object, id, version, past, save }: RecordProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const [draft, setDraft] = useState<FieldValues>({})
  const [problems, setProblems] = useState<FieldProblem[]>([])
  const { fields, form, byKey } = useLiveForm({ object, id, values: draft, use: 'panel' }, version)

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
    return key in draft ? draft[key] : form?.values[key]
  }
  const discard = () => {
    setDraft({})
    setProblems([])
  }
  return { fields, form, byKey, problems, shownValue, change, discard }
}
export type RecordState = ReturnType<typeof useRecord>
