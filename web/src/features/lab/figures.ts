import type { LabRun } from '@/shared/api/lab'

interface Interval {
  value: number
  low: number
  high: number
}

/** A share or a score as people say it: whole percents, finer only near the ends. */
export const percent = (share: number, locale: string) =>
  new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: share > 0.98 && share < 1 ? 1 : 0,
  }).format(share)

export const between = ({ low, high }: Interval, locale: string) => {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  return `${number.format(low * 100)}–${number.format(high * 100)} %`
}

/** A difference in points of a hundred, with its sign. */
export const points = (difference: number, locale: string) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: 1, signDisplay: 'exceptZero' }).format(
    difference * 100,
  )

/** Runs of what was in use, the oldest first: one line through time. */
export const trendOf = (runs: LabRun[]) =>
  runs
    .filter((run) => run.report && run.change_id === null && run.version_id === null)
    .toReversed()
    .slice(-30)

/** What a skill decided, in a line: its fields that say something. Empty where nothing is to be done. */
export function decided(json: string) {
  const output: Record<string, unknown> | null = JSON.parse(json)
  return Object.entries(output ?? {})
    .filter(([, value]) => value !== null && value !== '')
    .map(([name, value]) => (value === true ? name : `${name}: ${String(value)}`))
    .join(' · ')
}
