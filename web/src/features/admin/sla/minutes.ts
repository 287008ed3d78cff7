export { readMinutes, showMinutes } from '@/shared/format/minutes'

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
export function wrongShifts(spans: Span[], overnight = false): Map<number, 'order' | 'overlap'> {
  const wrong = new Map<number, 'order' | 'overlap'>()
  const inOrder = spans
    .map((span, index) => ({ span, index }))
    .sort((a, b) => a.span[0].localeCompare(b.span[0]))
  for (const [position, { span, index }] of inOrder.entries()) {
    if (overnight ? span[1] === span[0] : span[1] <= span[0]) wrong.set(index, 'order')
    const before = inOrder[position - 1]
    const until = before && (before.span[1] > before.span[0] ? before.span[1] : '24:00')
    if (until && span[0] < until) wrong.set(index, 'overlap')
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
