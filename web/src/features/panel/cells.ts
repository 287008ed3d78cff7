import type { PanelCell } from '@/shared/api/panel'

// Formatters take decimal text and keep every digit of it.
type Digits = `${number}`

/** A decimal number with the reader's separators. Pure. */
export const readNumber = (text: string, locale: string) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(text as Digits)

/** An amount with its currency; one that no formatter knows stands behind the number. */
export function readMoney({ text, currency = '' }: PanelCell, locale: string): string {
  try {
    return new Intl.NumberFormat(locale, { style: 'currency', currency }).format(text as Digits)
  } catch {
    return `${readNumber(text, locale)} ${currency}`.trim()
  }
}

/** A calendar day; it is the same everywhere. */
export const readDay = (text: string, locale: string) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(text))
