import type { Measure } from '@/shared/api/system'
import { span } from '@/shared/format'
import type { Locale } from '@/shared/theme'

/** Shares near one need their digits: 99.95 % is not 100 %. */
export function share(value: number | null | undefined, locale: Locale): string {
  if (value === null || value === undefined) return '—'
  const floored = value < 1 ? Math.floor(value * 100_000 + 1e-6) / 100_000 : value
  return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 3 }).format(
    floored,
  )
}

export function within(seconds: number, locale: Locale): string {
  if (seconds < 1) return `${Math.round(seconds * 1000)} ms`
  return span(Math.round(seconds), locale)
}

export function milliseconds(value: number, locale: Locale): string {
  const digits = value < 10 ? 1 : 0
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)} ms`
}

export function rate(value: number | null, locale: Locale): string | null {
  if (value === null) return null
  const digits = value < 10 ? 1 : 0
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value)
}

export type Look = 'none' | 'ok' | 'low'

/** How each step of a chart stands against the goal. */
export function looks({ points, target }: Pick<Measure, 'points' | 'target'>): Look[] {
  return points.map(({ good, total }) => {
    if (total === 0) return 'none'
    return good / total >= target ? 'ok' : 'low'
  })
}

export const tones = { none: 'neutral', ok: 'ok', warn: 'warn', bad: 'danger' } as const
