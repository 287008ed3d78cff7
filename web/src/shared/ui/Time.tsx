import { useQuery } from '@tanstack/react-query'
import { meQuery } from '../api'
import { clock, fullTime, secondsSince, shortStamp, span, urgency, useNow } from '../format'
import { useLocale, useTranslation } from '../i18n'
import styles from './Time.module.css'

export function useZone() {
  return useQuery({ ...meQuery, enabled: false }).data?.workspace.time_zone
}

/** An instant where the workspace is; the full time on hover. */
export function Time({ at, style = 'short' }: { at: string; style?: 'short' | 'clock' | 'full' }) {
  const locale = useLocale()
  const zone = useZone()
  const now = useNow()
  const full = fullTime(at, locale, zone)
  const text = {
    short: () => shortStamp(at, now, locale, zone),
    clock: () => clock(at, locale, zone),
    full: () => full,
  }[style]()
  return (
    <time dateTime={at} title={full} className={styles.time}>
      {text}
    </time>
  )
}

/** How long the customer has been waiting; it says so in words for those who do not see the colour. */
export function Waiting({ since }: { since: string }) {
  const { t } = useTranslation()
  const seconds = secondsSince(since, useNow())
  const text = span(seconds, useLocale())
  return (
    <span
      className={styles.waiting}
      data-urgency={urgency(seconds)}
      title={t('list.waiting', { time: text })}
    >
      <svg width="9" height="9" viewBox="0 0 10 10" aria-hidden="true">
        <circle cx="5" cy="5" r="4" fill="none" stroke="currentColor" strokeWidth="1.600" />
        <path d="M5 2.800V5l1.600 1" fill="none" stroke="currentColor" strokeWidth="1.400" />
      </svg>
      <span aria-hidden="true">{text}</span>
      <span className="sr-only">{t('list.waiting', { time: text })}</span>
    </span>
  )
}
