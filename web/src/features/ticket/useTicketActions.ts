import { useMutation, useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import {
  ApiError,
  assignTicket,
  type Id,
  type Me,
  meQuery,
  patchTicket,
  type Ticket,
  type TicketChange,
  takeTicket,
  watchTicket,
} from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { applyTicket } from '@/shared/realtime'
import { errorText, useStatuses } from '@/shared/ui'

type Change =
  | { kind: 'patch'; change: TicketChange }
  | { kind: 'assign'; to: { agent_id: Id | null; team_id?: Id | null } }
  | { kind: 'take' }

/** Everything that may be changed on one ticket. Shown at once, taken back when refused, in order. */
export function useTicketActions(id: Id) {
  const client = useQueryClient()
  const { message } = App.useApp()
  const { t } = useTranslation()
  const statuses = useStatuses()
  const key = ['ticket', id]

  const expected = (change: Change): TicketChange => {
    if (change.kind === 'patch') return change.change
    if (change.kind === 'take') {
      return { assignee_id: client.getQueryData<Me>(meQuery.queryKey)?.agent.id }
    }
    const { agent_id, team_id } = change.to
    return team_id === undefined ? { assignee_id: agent_id } : { assignee_id: agent_id, team_id }
  }

  const send = (change: Change): Promise<Ticket> => {
    if (change.kind === 'assign') return assignTicket(id, change.to)
    if (change.kind === 'take') return takeTicket(id)
    return patchTicket(id, change.change, client.getQueryData<Ticket>(key)?.version)
  }

  const mutation = useMutation({
    scope: { id: `ticket-${id}` },
    mutationFn: send,
    onMutate: (change) => {
      const before = client.getQueryData<Ticket>(key)
      const lists = client.getQueriesData({ queryKey: ['tickets'] })
      if (before) {
        const next = { ...before, ...expected(change) }
        next.status_category = statuses.category(next.status)
        applyTicket(client, next)
      }
      return { before, lists }
    },
    onSuccess: (ticket) => {
      applyTicket(client, ticket)
      client.setQueryData(key, ticket)
      void client.invalidateQueries({ queryKey: ['history', id] })
    },
    onError: (error, _change, context) => {
      client.setQueryData(key, context?.before)
      for (const [list, data] of context?.lists ?? []) client.setQueryData(list, data)
      if (error instanceof ApiError && [404, 409, 412].includes(error.status)) {
        void client.invalidateQueries({ queryKey: key })
      }
      message.error(errorText(t, error))
    },
  })

  async function watch(on: boolean) {
    const me = client.getQueryData<Me>(meQuery.queryKey)?.agent.id ?? ''
    const set = (watching: boolean) =>
      client.setQueryData<Ticket>(
        key,
        (old) => old && { ...old, watchers: toggled(old.watchers, me, watching) },
      )
    set(on)
    await watchTicket(id, on).catch((error: unknown) => {
      set(!on)
      message.error(errorText(t, error))
    })
  }

  return {
    busy: mutation.isPending,
    patch: (change: TicketChange) =>
      mutation.mutateAsync({ kind: 'patch', change }).catch(() => null),
    assign: (agent_id: Id | null, team_id?: Id | null) =>
      mutation.mutateAsync({ kind: 'assign', to: { agent_id, team_id } }).catch(() => null),
    take: () => mutation.mutateAsync({ kind: 'take' }).catch(() => null),
    watch,
    current: () => client.getQueryData<Ticket>(key),
  }
}

export type TicketActions = ReturnType<typeof useTicketActions>

const toggled = (ids: Id[], id: Id, on: boolean) =>
  on ? [...new Set([...ids, id])] : ids.filter((other) => other !== id)
