import { useEffect, useRef, useState } from 'react'
import type { Id } from '@/shared/api'
import {
  type CopilotAnswer,
  type CopilotEvent,
  type CopilotIn,
  settleCopilot,
  streamCopilot,
} from '@/shared/api/copilot'

export interface Work {
  asked: CopilotIn
  busy: boolean
  text: string
  takenBack: boolean
  answer: CopilotAnswer | null
  error: unknown
}

/** Does a person decide about it? A summary is read, not sent. */
const isForTheEditor = ({ task }: CopilotIn) => task !== 'summary' && task !== 'next'

async function follow(
  events: AsyncGenerator<CopilotEvent>,
  change: (part: Partial<Work>) => void,
): Promise<void> {
  let text = ''
  for await (const event of events) {
    switch (event.name) {
      case 'text':
        text += event.text
        change({ text })
        break
      case 'reset':
        text = ''
        change({ text, takenBack: true })
        break
      case 'done':
        change({ answer: event.answer })
    }
  }
}

/** One thing after the other asked of the copilot. What is not used when it goes counts as discarded. */
export function useWork(ticket: Id) {
  const [work, setWork] = useState<Work | null>(null)
  const stop = useRef<AbortController | null>(null)
  const open = useRef<Work | null>(null)
  open.current = work

  function letGo(fate: 'inserted' | 'discarded') {
    const { answer, asked } = open.current ?? {}
    if (answer?.text && asked && isForTheEditor(asked))
      void settleCopilot(answer.id, fate).catch(() => undefined)
    open.current = null
  }

  async function start(asked: CopilotIn) {
    stop.current?.abort()
    letGo('discarded')
    const mine = new AbortController()
    stop.current = mine
    const begun = { asked, busy: true, text: '', takenBack: false, answer: null, error: null }
    const change = (part: Partial<Work>) => {
      if (stop.current === mine) setWork((old) => ({ ...(old ?? begun), ...part }))
    }
    setWork(begun)
    try {
      await follow(streamCopilot(ticket, asked, mine.signal), change)
    } catch (error) {
      if (!mine.signal.aborted) change({ error })
    }
    change({ busy: false })
  }

  function halt() {
    stop.current?.abort()
    stop.current = null
    setWork((old) => old && { ...old, busy: false })
  }

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the panel goes
  useEffect(
    () => () => {
      stop.current?.abort()
      letGo('discarded')
    },
    [],
  )
  return { work, start, halt, letGo, clear: () => setWork(null) }
}
