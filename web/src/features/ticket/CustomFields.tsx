import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { RecordFields } from '@/features/fields'
import type { Ticket } from '@/shared/api'
import { fieldsQuery } from '@/shared/api/fields'
import { useOwnFields } from './useOwnFields'

/** A ticket's fields of one's own; nothing is fetched for them where there are none. */
export function CustomFields({ ticket, asOf }: { ticket: Ticket; asOf?: string }) {
  const own = useOwnFields(ticket, asOf)
  const { data = [] } = useQuery(fieldsQuery('ticket'))
  if (data.length === 0) return null
  return (
    <Suspense fallback={null}>
      <RecordFields key={`${ticket.id}${asOf ?? ''}`} {...own} />
    </Suspense>
  )
}
