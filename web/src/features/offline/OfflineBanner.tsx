import { useNavigate } from '@tanstack/react-router'
import { clock, dayKey, fullTime } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { shownAsOf, useOutbox, useReading } from '@/shared/offline'
import { useZone } from '@/shared/ui'

/** The words of the banner without a line: since when, and what waits. */
export function useOfflineWords(since: number) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const asOf = useReading(shownAsOf) ?? since
  const waiting = useOutbox(({ items }) => items.filter(({ state }) => state === 'waiting').length)
  const at = new Date(asOf).toISOString()
  const isToday = dayKey(at, zone) === dayKey(Date.now(), zone)
  const time = isToday ? clock(at, locale, zone) : fullTime(at, locale, zone)
  const shown = t('connection.asOf', { time })
  return waiting > 0 ? `${shown} ${t('connection.waiting', { count: waiting })}` : shown
}

/** Something that was written without a line needs its writer. */
export function OfflineBanner({ className, button }: { className?: string; button?: string }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const all = useOutbox(({ items }) => items)
  const asked = all.filter(({ state }) => state !== 'waiting')
  const [first] = asked
  if (!first) return null
  return (
    <div className={className} role="status">
      {t('connection.asked', { count: asked.length })}
      <button
        type="button"
        className={button}
        onClick={() =>
          void navigate({ to: '/inbox', search: { view: 'all', ticket: first.ticket.id } })
        }
      >
        {t('connection.look')}
      </button>
    </div>
  )
}
