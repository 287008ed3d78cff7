import { useQueryClient } from '@tanstack/react-query'
import { patchTicket, type Ticket } from '@/shared/api'
import type { FieldValues } from '@/shared/api/fields'
import { applyTicket } from '@/shared/realtime'
import { useCan } from '@/shared/session'

/** How the own fields of a ticket are read and saved. */
export function useOwnFields(ticket: Ticket, asOf?: string) {
  const client = useQueryClient()
  const mayEdit = useCan('ticket:edit', ticket)
  return {
    object: 'ticket' as const,
    id: ticket.id,
    version: ticket.version,
    past: asOf ? ticket.fields : undefined,
    readOnly: !mayEdit || Boolean(asOf),
    save: async (fields: FieldValues) => {
      const next = await patchTicket(ticket.id, { fields })
      applyTicket(client, next)
      client.setQueryData(['ticket', ticket.id], next)
      await client.invalidateQueries({ queryKey: ['history', ticket.id] })
    },
  }
}
