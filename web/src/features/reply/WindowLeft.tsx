import { useQueryClient } from '@tanstack/react-query'
import { Hourglass } from 'lucide-react'
import { useEffect } from 'react'
import type { Conversation } from '@/shared/api'
import { fullTime, pressure, secondsUntil, span, useNow } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useZone } from '@/shared/ui'
import styles from './Reply.module.css'

/** Why a conversation cannot be answered now, `null` when it can, and until when. */
export function useWindow(conversation: Conversation | undefined): {
  closesAt: string | null
  reason: string | null
} {
  const now = useNow()
  const client = useQueryClient()
  const closesAt = conversation?.window_closes_at ?? null
  const over = closesAt !== null && secondsUntil(closesAt, now) === 0
  const open = conversation?.can_reply ?? true
  useEffect(() => {
    // The server decides; what was fetched before the end is out of date.
    if (over && open) void client.invalidateQueries({ queryKey: ['ticket'] })
  }, [over, open, client])
  if (!conversation) return { closesAt, reason: null }
  if (!open) return { closesAt, reason: conversation.reason }
  return { closesAt, reason: over ? 'reply_window_closed' : null }
}

/** How long the channel still takes an answer: it runs, and is said louder towards the end. */
export function WindowLeft({ at }: { at: string }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const seconds = secondsUntil(at, useNow())
  const state = pressure(seconds)
  return (
    <time
      dateTime={at}
      className={styles.window}
      data-pressure={state}
      title={t('reply.windowCloses', { time: fullTime(at, locale, zone) })}
    >
      <Hourglass size={12} aria-hidden="true" />
      {state === 'over'
        ? t('reply.windowClosed')
        : t('reply.windowLeft', { time: span(seconds, locale) })}
    </time>
  )
}
