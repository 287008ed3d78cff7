import type { StepSize } from '@/shared/api/reports'

/** A calendar day as `2026-11-22`; days are counted without any time zone. */
export type Day = string

export const presets = ['7d', '30d', '90d', 'month', 'lastMonth', 'year'] as const
export type Preset = (typeof presets)[number]

const utc = (day: Day) => new Date(`${day}T00:00:00Z`)
const text = (moment: Date): Day => moment.toISOString().slice(0, 10)

export function addDays(day: Day, days: number): Day {
  const moment = utc(day)
  moment.setUTCDate(moment.getUTCDate() + days)
  return text(moment)
}

export const daysBetween = (first: Day, last: Day) =>
  Math.round((utc(last).getTime() - utc(first).getTime()) / 86_400_000) + 1

function monthStart(day: Day, back: number): Day {
  const moment = utc(day)
  return text(new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth() - back, 1)))
}

/** The days of a preset, seen from today. */
export function daysOf(preset: Preset, today: Day): { from: Day; to: Day } {
  switch (preset) {
    case '7d':
      return { from: addDays(today, -6), to: today }
    case '30d':
      return { from: addDays(today, -29), to: today }
    case '90d':
      return { from: addDays(today, -89), to: today }
    case 'month':
      return { from: monthStart(today, 0), to: today }
    case 'lastMonth':
      return { from: monthStart(today, 1), to: addDays(monthStart(today, 0), -1) }
    case 'year':
      return { from: addDays(today, -364), to: today }
  }
}

const longest: Record<StepSize, number> = { day: 120, week: 750, month: 3000 }
/** The steps that a period may sensibly be shown in, the finest first. */
export function stepsFor(from: Day, to: Day): StepSize[] {
  const days = daysBetween(from, to)
  const least: Record<StepSize, number> = { day: 0, week: 8, month: 32 }
  return (['day', 'week', 'month'] as const).filter(
    (step) => days <= longest[step] && days >= least[step],
  )
}
