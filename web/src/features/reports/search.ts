import type { Dimension, ReportScope, StepSize } from '@/shared/api/reports'
import { daysOf, type Preset, presets, stepsFor } from './period'

export const dimensions = ['channel', 'brand', 'team', 'agent', 'tag', 'priority'] as const
const sizes = ['day', 'week', 'month'] as const
const day = /^\d{4}-\d\d-\d\d$/

/** The address of the page says all of what it shows, so that it can be passed on. */
export interface ReportsSearch extends Partial<Record<Dimension, string>> {
  period?: Preset
  from?: string
  to?: string
  step?: StepSize
  group?: Dimension
  metric?: string
}

const oneOf = <T extends string>(known: readonly T[], value: unknown): T | undefined =>
  known.find((one) => one === value)

export function readSearch(raw: Record<string, unknown>): ReportsSearch {
  const found: ReportsSearch = {
    period: oneOf(presets, raw.period),
    step: oneOf(sizes, raw.step),
    group: oneOf(dimensions, raw.group),
    metric: typeof raw.metric === 'string' ? raw.metric : undefined,
  }
  if (day.test(String(raw.from)) && day.test(String(raw.to))) {
    found.from = String(raw.from)
    found.to = String(raw.to)
  }
  for (const name of dimensions) {
    const value = raw[name]
    if (typeof value === 'string' && value) found[name] = value
    if (typeof value === 'number') found[name] = String(value)
  }
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined))
}

/** What is asked of the server, with everything decided that the address leaves open. */
export function asked(search: ReportsSearch, today: string) {
  const days =
    search.from && search.to
      ? { from: search.from, to: search.to }
      : daysOf(search.period ?? '30d', today)
  const scope: ReportScope = { ...days }
  for (const name of dimensions) if (search[name]) scope[name] = search[name]
  const steps = stepsFor(days.from, days.to)
  const step = search.step && steps.includes(search.step) ? search.step : (steps[0] ?? 'month')
  return { scope, steps, step, group: search.group ?? ('team' as const) }
}
