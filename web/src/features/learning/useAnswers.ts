import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useRef, useState } from 'react'
import {
  type AskedMessage,
  answerLabel,
  type Head,
  learningKey,
  queueQuery,
  takeLabelBack,
} from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { errorText } from '@/shared/ui'

/** Answers go ahead of the server: the next message is there at once, a refused answer comes back. */
export function useAnswers(head: Head, { items }: { items: AskedMessage[] }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const client = useQueryClient()
  const [done, setDone] = useState<string[]>([])
  const sending = useRef(Promise.resolve())
  const left = items.filter(({ message_id }) => !done.includes(message_id))
  const current = left[0] ?? null
  const last = done.at(-1) ?? null

  /** One after the other: an answer and its undo must not overtake each other. */
  function send(work: () => Promise<unknown>, back: () => void) {
    sending.current = sending.current.then(async () => {
      try {
        await work()
      } catch (error) {
        back()
        message.error(errorText(t, error))
      }
    })
    return sending.current
  }

  async function answer(label: string | null, isNew = false) {
    if (!current) return
    const id = current.message_id
    setDone((ids) => [...ids, id])
    const isLast = left.length === 1
    await send(
      () => answerLabel(id, head, label, isNew),
      () => setDone((ids) => ids.filter((one) => one !== id)),
    )
    if (!isLast) return
    await client.invalidateQueries({ queryKey: queueQuery(head).queryKey })
    await client.invalidateQueries({ queryKey: [...learningKey], refetchType: 'none' })
  }

  async function undo() {
    if (!last) return
    setDone((ids) => ids.filter((one) => one !== last))
    await send(
      () => takeLabelBack(last, head),
      () => setDone((ids) => [...ids, last]),
    )
  }

  return { current, left: left.length, last, answer, undo }
}
