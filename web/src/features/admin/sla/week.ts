import type { SlaWeek } from '@/shared/api/sla'
import type { Span } from './minutes'

export const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Day = (typeof days)[number]

const minute = (clock: string) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3))

/** How long a week is open, in minutes. */
export const minutesOf = (week: SlaWeek): number =>
  days
    .flatMap((day) => week[day] ?? [])
    .reduce((sum, [begin, end]) => sum + minute(end) - minute(begin), 0)

const office: Span[] = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
]
/** What a new calendar begins with. */
export const officeWeek = (): Required<SlaWeek> => ({
  mon: office,
  tue: office,
  wed: office,
  thu: office,
  fri: office,
  sat: [],
  sun: [],
})
