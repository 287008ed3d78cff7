import type { StepSize } from '@/shared/api/reports'
import type { Locale } from '@/shared/theme'

const format = (day: string, locale: Locale, style: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...style }).format(
    new Date(`${day}T00:00:00Z`),
  )

/** What a step of a period is called in full. */
export function stepName(first: string, last: string, step: StepSize, locale: Locale): string {
  const day = { month: 'short', day: 'numeric' } as const
  if (step === 'day') return format(first, locale, { ...day, weekday: 'short' })
  if (step === 'month') return format(first, locale, { year: 'numeric', month: 'short' })
  return `${format(first, locale, day)} – ${format(last, locale, day)}`
}

/** The short form below a chart. */
export const stepMark = (first: string, step: StepSize, locale: Locale) =>
  format(
    first,
    locale,
    step === 'month' ? { month: 'short' } : { month: 'numeric', day: 'numeric' },
  )
