/** Minutes as people write them: `45m`, `4h`, `1h 30m`, or a bare number. Pure. */
export function readMinutes(text: string): number | null {
  const said = text.trim().toLowerCase()
  if (/^\d{1,6}$/.test(said)) return Number(said)
  const found = /^(?:(\d{1,4})\s*h)?\s*(?:(\d{1,6})\s*m)?$/.exec(said)
  if (!found || (!found[1] && !found[2])) return null
  return Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)
}

export function showMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}m`
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`
}

/** `09:00`, also from `9`, `9:00`, `0900`; 24:00 ends a day. */
export function readClock(text: string): string | null {
  const found = /^(\d{1,2})(?::?(\d{2}))?$/.exec(text.trim().replace('：', ':'))
  if (!found) return null
  const [hour, minute] = [Number(found[1]), Number(found[2] ?? 0)]
  if (minute > 59 || hour > 24 || (hour === 24 && minute > 0)) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

export type Span = [string, string]

/** What is wrong with the shifts of a day, by the number of the shift. */
export function wrongShifts(spans: Span[]): Map<number, 'order' | 'overlap'> {
  const wrong = new Map<number, 'order' | 'overlap'>()
  const inOrder = spans
    .map((span, index) => ({ span, index }))
    .sort((a, b) => a.span[0].localeCompare(b.span[0]))
  for (const [position, { span, index }] of inOrder.entries()) {
    if (span[1] <= span[0]) wrong.set(index, 'order')
    const before = inOrder[position - 1]
    if (before && span[0] < before.span[1]) wrong.set(index, 'overlap')
  }
  return wrong
}

/** A key that no other one has: `update`, `update_2` … */
export function freeKey(wanted: string, taken: string[]): string {
  if (!taken.includes(wanted)) return wanted
  let number = 2
  while (taken.includes(`${wanted}_${number}`)) number += 1
  return `${wanted}_${number}`
}
