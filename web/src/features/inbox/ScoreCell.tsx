import { useQuery } from '@tanstack/react-query'
import { scoreQuery } from '@/shared/api/scores'
import type { Id } from '@/shared/api/types'
import { useLocale } from '@/shared/i18n'

/** How much a ticket deserves to be next; it grows by itself, and is asked for with its neighbours. */
export function ScoreCell({ ticket, version }: { ticket: Id; version: number }) {
  const locale = useLocale()
  const { data } = useQuery(scoreQuery(ticket, version))
  return typeof data === 'number'
    ? new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }).format(data)
    : '—'
}
