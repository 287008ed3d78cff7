import type { Measured } from '@/shared/api/learning'

/** A share as people say it: whole percents, finer only near the ends. */
export const percent = (share: number, locale: string) =>
  new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: share > 0.98 && share < 1 ? 1 : 0,
  }).format(share)

/** From where to where the truth lies, with 95 % confidence. */
export const between = ({ low, high }: Pick<Measured, 'low' | 'high'>, locale: string) => {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  return `${number.format(low * 100)}–${number.format(high * 100)} %`
}

/** A difference of two shares in percentage points, with its sign. */
export const points = (difference: number, locale: string) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(
    difference * 100,
  )

/** How well its confidence keeps its word. */
export const trust = (error: number): 'good' | 'fair' | 'poor' =>
  error < 0.05 ? 'good' : error < 0.12 ? 'fair' : 'poor'
