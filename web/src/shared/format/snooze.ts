import { dayKey } from './time'

const hour = 3_600_000

/** The instant at which a wall clock in the zone shows this day and hour. */
export function atClock(day: string, hourOfDay: number, zone?: string): Date {
  const wanted = Date.parse(`${day}T${String(hourOfDay).padStart(2, '0')}:00:00Z`)
  let guess = wanted
  for (let round = 0; round < 3; round++) guess += wanted - wallClock(guess, zone)
  return new Date(guess)
}

function wallClock(instant: number, zone?: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  }).formatToParts(instant)
  const get = (type: string) => parts.find((part) => part.type === type)?.value ?? '00'
  return Date.parse(
    `${get('year')}-${get('month')}-${get('day')}T${get('hour')}:${get('minute')}:${get('second')}Z`,
  )
}

function daysAhead(now: number, days: number, zone?: string): string {
  const noon = Date.parse(`${dayKey(now, zone)}T12:00:00Z`)
  return new Date(noon + days * 24 * hour).toISOString().slice(0, 10)
}

export type SnoozeName = 'later' | 'tomorrow' | 'dayAfter' | 'nextWeek'

/** The offers of the snooze menu, in the workspace's time zone. */
export function snoozeTimes(now: number, zone?: string): { name: SnoozeName; at: Date }[] {
  const weekday = new Date(`${dayKey(now, zone)}T12:00:00Z`).getUTCDay()
  const toMonday = (8 - weekday) % 7 || 7
  return [
    { name: 'later', at: new Date(now + 3 * hour) },
    { name: 'tomorrow', at: atClock(daysAhead(now, 1, zone), 9, zone) },
    { name: 'dayAfter', at: atClock(daysAhead(now, 2, zone), 9, zone) },
    { name: 'nextWeek', at: atClock(daysAhead(now, toMonday, zone), 9, zone) },
  ]
}
