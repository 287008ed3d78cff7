import type { HolidaySet, SlaHoliday, SlaWeek } from '@/shared/api/sla'
import type { Span } from './minutes'
import { days } from './week'

/** The hours of a make-up working day: those of the first weekday on which anybody works. */
const usual = (week: SlaWeek | undefined): Span[] =>
  days
    .slice(0, 5)
    .map((day) => (week?.[day] ?? []) as Span[])
    .find((spans) => spans.length > 0) ?? []

/** Takes the days of a set over; a date that is there already is replaced. Pure. */
export function withSet(
  known: SlaHoliday[],
  set: HolidaySet,
  week: SlaWeek | undefined,
  language: string,
): SlaHoliday[] {
  const merged = new Map(known.map((one) => [one.date, one]))
  for (const { date, name, works } of set.days) {
    const hours = works ? usual(week) : []
    merged.set(date, { date, hours, name: name[language] ?? name.en ?? '' })
  }
  return [...merged.values()].sort((a, b) => a.date.localeCompare(b.date))
}
