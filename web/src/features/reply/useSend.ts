import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { type Despite, useDespite } from '@/features/relations'
import {
  ApiError,
  type DraftMode,
  type Id,
  inOrder,
  type Me,
  type Message,
  meQuery,
  type NewMessage,
  sendMessage,
  type Ticket,
  ticketOf,
} from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { enqueue, isCutOff, type NewerMessage, newerIn, useSitting } from '@/shared/offline'
import { applyTicket, type Pages, removeRow, upsertMessage } from '@/shared/realtime'
import { errorText } from '@/shared/ui'
import { attachmentsOf, type Content, isFormatted } from './content'

export interface Sending {
  content: Content
  mode: DraftMode
  conversation?: Id
  status?: string
  seenUpTo: Id | null
  confirmStale?: boolean
  /** Solve it though something is open: the agent was asked. */
  despite?: Despite
}
export type Outcome =
  | { kind: 'sent'; status?: string }
  | { kind: 'queued'; status?: string }
  | { kind: 'stale'; newer: NewerMessage[] }
  | { kind: 'failed' }

export function useSend(ticket: Ticket) {
  const client = useQueryClient()
  const { t } = useTranslation()
  const { message: toast } = App.useApp()
  const update = (id: Id, change: (data: Pages<Message>) => Pages<Message>) =>
    client.setQueryData<Pages<Message>>(['messages', id], (data) => (data ? change(data) : data))

  const despite = useDespite()

  // The function of the last render is called, perhaps on another ticket: so it is told whose it is.
  const handOver = useMutation({
    scope: inOrder(ticket.id),
    mutationFn: async ({ id, body }: { id: Id; body: NewMessage }) => {
      const message = await sendMessage(id, body)
      update(id, (data) => upsertMessage(data, message))
      // Asked for itself: a query that nobody looks at any more would be dropped on the way.
      await ticketOf(id).then(
        (now) => applyTicket(client, now),
        () => client.invalidateQueries({ queryKey: ['ticket', id], exact: true }),
      )
    },
  })

  return async function send(sending: Sending): Promise<Outcome> {
    const shown = provisional(ticket, sending, client.getQueryData<Me>(meQuery.queryKey))
    update(ticket.id, (data) => upsertMessage(data, shown))
    const body = asRequest(sending, shown.client_id)
    const sure = !navigator.onLine
    try {
      await handOver.mutateAsync({ id: ticket.id, body })
      return { kind: 'sent', status: sending.status }
    } catch (error) {
      update(ticket.id, (data) => removeRow(data, shown.id))
      if (error instanceof ApiError && error.code === 'stale_reply') {
        void client.invalidateQueries({ queryKey: ['messages', ticket.id] })
        return { kind: 'stale', newer: newerIn(error.problem.newer) }
      }
      if (isCutOff(error) && (await waits(ticket, shown, { body, sure }))) {
        toast.info(t('reply.queued'))
        return { kind: 'queued', status: sending.status }
      }
      const anyway = await despite(error, () => toast.error(errorText(t, error)))
      if (anyway) return send({ ...sending, despite: { ...sending.despite, ...anyway } })
      return { kind: 'failed' }
    }
  }
}

/** Keeps it on this device until the server has it; false where a device keeps nothing. */
async function waits(
  ticket: Ticket,
  shown: Message,
  { body, sure }: { body: NewMessage; sure: boolean },
): Promise<boolean> {
  const { owner } = useSitting.getState()
  if (!owner || !shown.client_id) return false
  const { id, number, subject } = ticket
  return enqueue({
    id: shown.client_id,
    owner,
    sure,
    ticket: { id, number, subject },
    work: { kind: 'reply', body, shown },
  }).then(
    () => true,
    () => false,
  )
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
    ...sending.despite,
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
