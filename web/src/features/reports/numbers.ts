import type { Metric } from '@/shared/api/reports'
import { span } from '@/shared/format'
import type { Locale } from '@/shared/theme'

type Unit = Metric['unit']

const dash = '—'

/** A number as people read it. */
export function show(value: number | null | undefined, unit: Unit, locale: Locale): string {
  if (value === null || value === undefined) return dash
  if (unit === 'seconds') return span(Math.round(value), locale)
  if (unit === 'share') {
    return new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(
      value,
    )
  }
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: unit === 'number' ? 1 : 0,
  }).format(value)
}

export interface Change {
  text: string
  tone: 'good' | 'bad' | 'even'
}

/** How a number differs from the period before: in percent, beyond tenfold as a factor, a
 * share in points. */
export function change(
  now: number | null,
  before: number | null,
  metric: Pick<Metric, 'unit' | 'better'>,
  locale: Locale,
): Change | null {
  if (now === null || before === null) return null
  const difference = now - before
  const percent = new Intl.NumberFormat(locale, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: 0,
  })
  const points = new Intl.NumberFormat(locale, {
    signDisplay: 'exceptZero',
    maximumFractionDigits: 1,
  })
  if (metric.unit !== 'share' && before === 0) return null
  const times = now / before
  const text =
    metric.unit === 'share'
      ? `${points.format(difference * 100)} pp`
      : times >= 10
        ? `×${show(times, 'count', locale)}`
        : percent.format(difference / before)
  if (difference === 0 || metric.better === 'neither') return { text, tone: 'even' }
  return { text, tone: difference > 0 === (metric.better === 'more') ? 'good' : 'bad' }
}

const nice = [1, 2, 2.5, 5, 10]
const lengths = [60, 300, 600, 1800, 3600, 2 * 3600, 6 * 3600, 12 * 3600, 86_400, 2 * 86_400]
/** Where lines cross the scale of a chart: at most five, at round numbers, the last above the top. */
export function ticks(top: number, unit: Unit): number[] {
  if (unit === 'share') return [0, 0.25, 0.5, 0.75, 1]
  const rough = Math.max(top, unit === 'count' ? 4 : 1) / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  let step =
    unit === 'seconds'
      ? (lengths.find((length) => length >= rough) ?? Math.ceil(rough / 86_400) * 86_400)
      : (nice.find((factor) => factor * power >= rough) ?? 10) * power
  if (unit === 'count') step = Math.max(1, Math.round(step))
  const count = Math.max(1, Math.ceil(top / step))
  return Array.from({ length: count + 1 }, (_, at) => at * step)
}
