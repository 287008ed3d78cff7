import { dayKey } from '@/shared/format'

/** What happened, in its order, day by day as the workspace counts days. */
export function byDay<T extends { at: string }>(entries: T[], zone?: string) {
  const days: { day: string; items: T[] }[] = []
  for (const entry of entries) {
    const day = dayKey(entry.at, zone)
    const last = days.at(-1)
    if (last?.day === day) last.items.push(entry)
    else days.push({ day, items: [entry] })
  }
  return days
}
