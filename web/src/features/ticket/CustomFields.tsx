import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Suspense } from 'react'
import { RecordFields } from '@/features/fields'
import { patchTicket, type Ticket } from '@/shared/api'
import { fieldsQuery } from '@/shared/api/fields'
import { applyTicket } from '@/shared/realtime'
import { useCan } from '@/shared/session'

/** A ticket's fields of one's own; nothing is fetched for them where there are none. */
export function CustomFields({ ticket, asOf }: { ticket: Ticket; asOf?: string }) {
  const client = useQueryClient()
  const mayEdit = useCan('ticket:edit', ticket)
  const { data = [] } = useQuery(fieldsQuery('ticket'))
  if (data.length === 0) return null
  return (
    <Suspense fallback={null}>
      <RecordFields
        key={`${ticket.id}${asOf ?? ''}`}
        object="ticket"
        id={ticket.id}
        version={ticket.version}
        past={asOf ? ticket.fields : undefined}
        readOnly={!mayEdit || Boolean(asOf)}
        save={async (fields) => {
          const next = await patchTicket(ticket.id, { fields })
          applyTicket(client, next)
          client.setQueryData(['ticket', ticket.id], next)
          await client.invalidateQueries({ queryKey: ['history', ticket.id] })
        }}
      />
    </Suspense>
  )
}
