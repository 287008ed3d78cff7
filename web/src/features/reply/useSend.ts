import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import {
  ApiError,
  type DraftMode,
  type Id,
  type Me,
  type Message,
  meQuery,
  type NewMessage,
  sendMessage,
  type Ticket,
} from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { type Pages, removeRow, upsertMessage } from '@/shared/realtime'
import { errorText } from '@/shared/ui'
import { attachmentsOf, type Content, isFormatted } from './content'

export interface Sending {
  content: Content
  mode: DraftMode
  conversation?: Id
  status?: string
  seenUpTo: Id | null
  confirmStale?: boolean
}
export type Outcome =
  | { kind: 'sent'; status?: string }
  | { kind: 'stale'; newer: NewerMessage[] }
  | { kind: 'failed' }

/** What the refusal of a stale reply tells of each message that came meanwhile. */
export interface NewerMessage {
  id: string
  text: string
  at: string | null
}

function newerIn(value: unknown): NewerMessage[] {
  if (!Array.isArray(value)) return []
  return value.map(({ id, text, created_at }: Record<string, unknown>) => ({
    id: String(id),
    text: String(text ?? ''),
    at: typeof created_at === 'string' ? created_at : null,
  }))
}

export function useSend(ticket: Ticket) {
  const client = useQueryClient()
  const { t } = useTranslation()
  const { message: toast } = App.useApp()
  const key = ['messages', ticket.id]
  const update = (change: (data: Pages<Message>) => Pages<Message>) =>
    client.setQueryData<Pages<Message>>(key, (data) => (data ? change(data) : data))

  return async (sending: Sending): Promise<Outcome> => {
    const shown = provisional(ticket, sending, client.getQueryData<Me>(meQuery.queryKey))
    update((data) => upsertMessage(data, shown))
    try {
      const message = await sendMessage(ticket.id, asRequest(sending, shown.client_id))
      update((data) => upsertMessage(data, message))
      void client.invalidateQueries({ queryKey: ['ticket', ticket.id], exact: true })
      return { kind: 'sent', status: sending.status }
    } catch (error) {
      update((data) => removeRow(data, shown.id))
      if (error instanceof ApiError && error.code === 'stale_reply') {
        void client.invalidateQueries({ queryKey: key })
        return { kind: 'stale', newer: newerIn(error.problem.newer) }
      }
      toast.error(errorText(t, error))
      return { kind: 'failed' }
    }
  }
}

function asRequest(sending: Sending, clientId: string | null): NewMessage {
  const { content, mode, conversation, status, seenUpTo, confirmStale } = sending
  return {
    body: content.text,
    body_html: isFormatted(content.html) ? content.html : undefined,
    visibility: mode,
    conversation_id: mode === 'public' ? conversation : undefined,
    seen_up_to: mode === 'public' && seenUpTo ? seenUpTo : undefined,
    confirm_stale: confirmStale || undefined,
    attachments: attachmentsOf(content).map((file) => file.id),
    mentions: content.mentions,
    client_id: clientId ?? undefined,
    status,
    ...(mode === 'public' ? content.recipients : null),
  }
}

const addressed = (list: string[] = []) => list.map((address) => ({ address }))

/** What is shown until the server has answered. */
function provisional(ticket: Ticket, { content, mode, conversation }: Sending, me?: Me): Message {
  const clientId = crypto.randomUUID()
  const note = mode === 'internal'
  return {
    id: `local:${clientId}`,
    ticket_id: ticket.id,
    conversation_id: conversation ?? null,
    direction: note ? 'note' : 'out',
    visibility: mode,
    author: { kind: 'agent', id: me?.agent.id ?? null, name: me?.agent.name ?? '' },
    body_text: content.text,
    body_html: isFormatted(content.html) ? content.html : null,
    quoted_html: null,
    quoted_text: null,
    attachments: attachmentsOf(content),
    delivery: note ? null : { state: 'sending', error: null, at: null, undo_until: null },
    automatic: false,
    mentions: content.mentions,
    channel: ticket.channel,
    subject: null,
    to: addressed(content.recipients?.to),
    cc: addressed(content.recipients?.cc),
    has_raw: false,
    meta: {},
    sender_verdict: null,
    client_id: clientId,
    created_at: new Date().toISOString(),
    edited_at: null,
  }
}
