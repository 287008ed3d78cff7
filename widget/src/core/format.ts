export function clock(at: string, locale: string): string {
  return new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }).format(
    new Date(at),
  )
}

/** The date of a day, or nothing for today: a running chat needs no heading. */
export function dayName(at: string, locale: string, now: Date): string {
  const date = new Date(at)
  if (date.toDateString() === now.toDateString()) return ''
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(date)
}

export function size(bytes: number, locale: string): string {
  const large = bytes >= 2 ** 20
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: large ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: large ? 1 : 0,
  }).format(Math.max(1, bytes / (large ? 2 ** 20 : 1024)))
}

export const looksLikeEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text.trim())
