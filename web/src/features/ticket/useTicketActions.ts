import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useMemo } from 'react'
import { useDespite } from '@/features/relations'
import {
  ApiError,
  assignTicket,
  type Id,
  inOrder,
  type Me,
  meQuery,
  patchTicket,
  type Ticket,
  type TicketChange,
  takeTicket,
  watchTicket,
} from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { enqueue, isCutOff, useSitting } from '@/shared/offline'
import { applyTicket } from '@/shared/realtime'
import { errorText, useStable, useStatuses } from '@/shared/ui'

type Change = { id: Id } & (
  | { kind: 'patch'; change: TicketChange }
  | { kind: 'assign'; to: { agent_id: Id | null; team_id?: Id | null } }
  | { kind: 'take' }
)

const keyOf = (id: Id) => ['ticket', id]

/** What a ticket was before a change of it was shown. */
const befores = new WeakMap<Change, Ticket>()

/** Keeps a change on this device until the server has it; false where a device keeps nothing. */
async function waits(ticket: Ticket, change: TicketChange): Promise<boolean> {
  const { owner } = useSitting.getState()
  if (!owner) return false
  const known = ticket as unknown as Record<string, unknown>
  const before = Object.fromEntries(Object.keys(change).map((name) => [name, known[name] ?? null]))
  const { id, number, subject, last_customer_at: customer } = ticket
  return enqueue({
    id: crypto.randomUUID(),
    owner,
    sure: true, // twice is once: it is a value, not an addition
    ticket: { id, number, subject },
    work: { kind: 'change', change, before, customer },
  }).then(
    () => true,
    () => false,
  )
}

/** Everything that may be changed on one ticket. Shown at once, taken back when refused, in order. */
export function useTicketActions(id: Id) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useTranslation()
  const statuses = useStatuses()
  const despite = useDespite()

  const expected = (change: Change): TicketChange => {
    if (change.kind === 'patch') return change.change
    if (change.kind === 'take') {
      return { assignee_id: client.getQueryData<Me>(meQuery.queryKey)?.agent.id }
    }
    const { agent_id, team_id } = change.to
    return team_id === undefined ? { assignee_id: agent_id } : { assignee_id: agent_id, team_id }
  }

  const send = (change: Change): Promise<Ticket> => {
    if (change.kind === 'assign') return assignTicket(change.id, change.to)
    if (change.kind === 'take') return takeTicket(change.id)
    const shown = client.getQueryData<Ticket>(keyOf(change.id))
    return patchTicket(change.id, change.change, shown?.version).catch(async (error: unknown) => {
      // Without a line it waits on this device, and the screen shows what is meant to be.
      const before = befores.get(change)
      if (!shown || !before || !isCutOff(error)) throw error
      if (!(await waits(before, change.change))) throw error
      message.info(t('ticket.changeWaits'))
      return shown
    })
  }

  // The screen may have gone on to another ticket when the answer comes, and the handlers of the last
  // render are called: so the ticket is told with the change and never taken from around them.
  const mutation = useMutation({
    scope: inOrder(id),
    mutationFn: send,
    onMutate: (change) => {
      const before = client.getQueryData<Ticket>(keyOf(change.id))
      if (before) {
        befores.set(change, before)
        const next = { ...before, ...expected(change) }
        next.status_category = statuses.category(next.status)
        applyTicket(client, next)
      }
      return before
    },
    onSuccess: (ticket) => {
      applyTicket(client, ticket)
      client.setQueryData(keyOf(ticket.id), ticket)
      void client.invalidateQueries({ queryKey: ['history', ticket.id] })
    },
    onError: (error, change, before) => {
      if (before) applyTicket(client, before)
      void client.invalidateQueries({ queryKey: ['tickets'] })
      if (error instanceof ApiError && [404, 409, 412].includes(error.status)) {
        void client.invalidateQueries({ queryKey: keyOf(change.id) })
      }
    },
  })
  const run = useStable(
    (change: Change): Promise<Ticket | null> =>
      mutation.mutateAsync(change).catch(async (error: unknown) => {
        const anyway = await despite(error, () => message.error(errorText(t, error)))
        if (change.kind !== 'patch' || !anyway) return null
        return run({ ...change, change: { ...change.change, ...anyway } })
      }),
  )

  const watch = useStable(async (id: Id, on: boolean) => {
    const me = client.getQueryData<Me>(meQuery.queryKey)?.agent.id ?? ''
    const set = (watching: boolean) =>
      client.setQueryData<Ticket>(
        keyOf(id),
        (old) => old && { ...old, watchers: toggled(old.watchers, me, watching) },
      )
    set(on)
    await watchTicket(id, on).catch((error: unknown) => {
      set(!on)
      message.error(errorText(t, error))
    })
  })

  return useMemo(
    () => ({
      patch: (change: TicketChange) => run({ id, kind: 'patch', change }),
      assign: (agent_id: Id | null, team_id?: Id | null) =>
        run({ id, kind: 'assign', to: { agent_id, team_id } }),
      take: () => run({ id, kind: 'take' }),
      watch: (on: boolean) => watch(id, on),
      current: () => client.getQueryData<Ticket>(keyOf(id)),
    }),
    [id, run, watch, client],
  )
}

export type TicketActions = ReturnType<typeof useTicketActions>

const toggled = (ids: Id[], id: Id, on: boolean) =>
  on ? [...new Set([...ids, id])] : ids.filter((other) => other !== id)
