import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type DraftMode, draftQuery, dropDraft, type Id, saveDraft } from '@/shared/api'
import { attachmentsOf, type Content, fromDraft, isEmpty, nothing } from './content'
import { forgetLocal, readLocal, writeLocal } from './localDrafts'

export type DraftState = 'idle' | 'saving' | 'saved' | 'local'
const pause = 900

/**
 * One draft a ticket and mode: at once on this device, a moment later on the server, so that it
 * survives a crash and a change of device. `version` grows when the editor must show other content.
 */
export function useDraft(ticket: Id, mode: DraftMode) {
  const client = useQueryClient()
  const [start] = useState(() => readLocal(ticket, mode))
  const current = useRef<Content>(start?.content ?? nothing)
  const [content, setContent] = useState<Content>(current.current)
  const [version, setVersion] = useState(0)
  const [state, setState] = useState<DraftState>('idle')
  const touched = useRef(start !== null && !start.synced)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { data } = useQuery(draftQuery(ticket, mode))

  const save = useCallback(async () => {
    clearTimeout(timer.current)
    timer.current = undefined
    const { html, text, mentions, recipients } = current.current
    setState('saving')
    try {
      if (isEmpty(current.current)) {
        await dropDraft(ticket, mode)
        forgetLocal(ticket, mode)
        setState('idle')
      } else {
        const attachments = attachmentsOf(current.current).map((file) => file.id)
        await saveDraft(ticket, mode, {
          body: text,
          body_html: html,
          attachments,
          mentions,
          to: recipients?.to ?? null,
          cc: recipients?.cc ?? null,
        })
        writeLocal(ticket, mode, { content: current.current, at: now(), synced: true })
        setState('saved')
      }
      client.removeQueries({ queryKey: ['draft', ticket, mode] })
    } catch {
      setState('local')
    }
  }, [client, ticket, mode])

  const change = useCallback(
    (next: Content) => {
      touched.current = true
      current.current = next
      setContent(next)
      writeLocal(ticket, mode, { content: next, at: now(), synced: false })
      clearTimeout(timer.current)
      timer.current = setTimeout(() => void save(), pause)
    },
    [save, ticket, mode],
  )

  /** Shows other content: what was taken back, or nothing after sending. */
  const replace = useCallback(
    (next: Content) => {
      change(next)
      setVersion((old) => old + 1)
    },
    [change],
  )

  useEffect(() => {
    if (touched.current || !data) return
    current.current = fromDraft(data)
    setContent(current.current)
    setVersion((old) => old + 1)
  }, [data])

  useEffect(() => {
    return () => {
      if (timer.current) void save()
    }
  }, [save])

  return { content, current, version, state, change, replace }
}

const now = () => new Date().toISOString()
