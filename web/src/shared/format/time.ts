import type { Locale } from '../theme'

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Seconds between, never negative. */
export const secondsSince = (from: string, now: number) =>
  Math.max(0, Math.floor((now - Date.parse(from)) / 1000))

const units = {
  en: { day: 'd', hour: 'h', minute: 'm', second: 's' },
  'zh-CN': { day: ' 天', hour: ' 小时', minute: ' 分', second: ' 秒' },
} satisfies Record<Locale, Record<string, string>>

/** A length of time in at most two units: `45s`, `12m`, `3h 20m`, `2d 4h`; `3 小时 20 分`. */
export function span(seconds: number, locale: Locale = 'en'): string {
  const words = units[locale]
  const pair = (big: number, bigWord: string, small: number, smallWord: string) =>
    `${big}${bigWord}${small ? ` ${small}${smallWord}` : ''}`
  if (seconds < minute) return `${seconds}${words.second}`
  if (seconds < hour) return `${Math.floor(seconds / minute)}${words.minute}`
  if (seconds < day) {
    const minutes = Math.floor((seconds % hour) / minute)
    return pair(Math.floor(seconds / hour), words.hour, minutes, words.minute)
  }
  const hours = Math.floor((seconds % day) / hour)
  return pair(Math.floor(seconds / day), words.day, hours, words.hour)
}

/** Seconds until an instant, 0 when it is over. */
export const secondsUntil = (at: string, now: number) =>
  Math.max(0, Math.ceil((Date.parse(at) - now) / 1000))

export type Pressure = 'ample' | 'short' | 'last' | 'over'
/** How near the end of a reply window is: the last hour, and the last ten minutes of it. */
export function pressure(seconds: number): Pressure {
  if (seconds === 0) return 'over'
  if (seconds < 10 * minute) return 'last'
  return seconds < hour ? 'short' : 'ample'
}

export type Urgency = 'calm' | 'soon' | 'late'
/** Until channels bring their own rule, half an hour is soon and four hours is late. */
export function urgency(seconds: number): Urgency {
  if (seconds >= 4 * hour) return 'late'
  return seconds >= 30 * minute ? 'soon' : 'calm'
}

const formatters = new Map<string, Intl.DateTimeFormat>()
function formatter(locale: string, zone: string | undefined, style: Intl.DateTimeFormatOptions) {
  const key = `${locale}|${zone}|${JSON.stringify(style)}`
  let found = formatters.get(key)
  if (!found) {
    found = new Intl.DateTimeFormat(locale, { timeZone: zone, ...style })
    formatters.set(key, found)
  }
  return found
}

export const clock = (iso: string, locale: string, zone?: string) =>
  formatter(locale, zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(
    new Date(iso),
  )

export const fullTime = (iso: string, locale: string, zone?: string) =>
  formatter(locale, zone, { dateStyle: 'medium', timeStyle: 'medium', hourCycle: 'h23' }).format(
    new Date(iso),
  )

/** The calendar day of an instant, as `2026-11-22`, where the workspace is. */
export const dayKey = (iso: string | number, zone?: string) =>
  formatter('en-CA', zone, { year: 'numeric', month: '2-digit', day: '2-digit' }).format(
    new Date(iso),
  )

export function dayLabel(
  iso: string,
  now: number,
  locale: string,
  zone: string | undefined,
  words: { today: string; yesterday: string },
) {
  const key = dayKey(iso, zone)
  if (key === dayKey(now, zone)) return words.today
  if (key === dayKey(now - day * 1000, zone)) return words.yesterday
  const sameYear = key.slice(0, 4) === dayKey(now, zone).slice(0, 4)
  return formatter(locale, zone, {
    year: sameYear ? undefined : 'numeric',
    month: 'short',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(iso))
}

/** Short stamp for rows: the clock today, the day this year, else the date. */
export function shortStamp(iso: string, now: number, locale: string, zone?: string) {
  const key = dayKey(iso, zone)
  const today = dayKey(now, zone)
  if (key === today) return clock(iso, locale, zone)
  const sameYear = key.slice(0, 4) === today.slice(0, 4)
  return formatter(locale, zone, {
    year: sameYear ? undefined : '2-digit',
    month: sameYear ? 'short' : 'numeric',
    day: 'numeric',
  }).format(new Date(iso))
}
