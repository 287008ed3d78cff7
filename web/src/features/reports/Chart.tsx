import { useId, useState } from 'react'
import type { Metric, ReportStep, StepSize } from '@/shared/api/reports'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useWidth } from '@/shared/page'
import { stepMark, stepName } from './days'
import { show, ticks } from './numbers'
import styles from './reports.module.css'

const height = 240
const margin = { top: 12, right: 12, bottom: 26, left: 56 }
const least = 46 // pixels between two marks below the chart

interface Props {
  metric: Metric
  steps: ReportStep[]
  step: StepSize
  open: (days: { from: string; to: string }) => void
}

/** Bars for what is counted, a line for everything else, the period before as a thin line. What is
 * drawn here is in the table behind it, too; that one is for keyboards and screen readers. */
export function Chart({ metric, steps, step, open }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [box, width] = useWidth()
  const [at, setAt] = useState<number | null>(null)
  const label = useId()
  const inner = Math.max(60, width - margin.left - margin.right)
  const known = steps.flatMap(({ value, previous }) => [value ?? 0, previous ?? 0])
  const lines = ticks(Math.max(...known, 0), metric.unit)
  const top = lines.at(-1) || 1
  const slot = inner / Math.max(1, steps.length)
  const x = (place: number) => margin.left + slot * (place + 0.5)
  const y = (value: number) =>
    margin.top + (height - margin.top - margin.bottom) * (1 - value / top)
  const every = Math.max(1, Math.ceil(least / slot))
  const bars = metric.unit === 'count' && metric.key !== 'backlog'
  const pointed = at === null ? undefined : steps[at]
  return (
    <div ref={box} className={styles.chart}>
      <svg
        width={width}
        height={height}
        role="img"
        aria-labelledby={label}
        onPointerLeave={() => setAt(null)}
      >
        <title id={label}>{localized(metric.title, locale, metric.key)}</title>
        {lines.map((value) => (
          <g key={value}>
            <line
              className={styles.grid}
              x1={margin.left}
              x2={margin.left + inner}
              y1={y(value)}
              y2={y(value)}
            />
            <text className={styles.mark} x={margin.left - 8} y={y(value) + 4} textAnchor="end">
              {show(value, metric.unit, locale)}
            </text>
          </g>
        ))}
        {steps.map(({ first }, place) =>
          place % every === 0 ? (
            <text
              key={first}
              className={styles.mark}
              x={x(place)}
              y={height - 8}
              textAnchor="middle"
            >
              {stepMark(first, step, locale)}
            </text>
          ) : null,
        )}
        {at !== null && (
          <rect
            className={styles.pointed}
            x={x(at) - slot / 2}
            y={margin.top}
            width={slot}
            height={height - margin.top - margin.bottom}
          />
        )}
        {bars &&
          steps.map(({ first, value }, place) => (
            <rect
              key={first}
              className={styles.bar}
              x={x(place) - Math.min(slot * 0.36, 18)}
              width={Math.min(slot * 0.72, 36)}
              y={y(value ?? 0)}
              height={Math.max(0, y(0) - y(value ?? 0))}
              rx={Math.min(3, slot / 6)}
            />
          ))}
        <Line
          className={styles.past}
          values={steps.map((one) => one.previous ?? null)}
          x={x}
          y={y}
        />
        {!bars && (
          <Line
            className={styles.line}
            values={steps.map((one) => one.value)}
            x={x}
            y={y}
            dots={slot > 10}
          />
        )}
        {steps.map((one, place) => (
          // biome-ignore lint/a11y/noStaticElementInteractions: for pointers; the table has buttons
          <rect
            key={one.first}
            className={styles.slot}
            x={x(place) - slot / 2}
            y={0}
            width={slot}
            height={height}
            onPointerEnter={() => setAt(place)}
            onClick={() => open({ from: one.first, to: one.last })}
          />
        ))}
      </svg>
      {pointed && at !== null && (
        <div
          className={styles.tip}
          aria-hidden="true"
          style={{ left: Math.min(Math.max(x(at), 80), Math.max(80, width - 80)) }}
        >
          <b>{stepName(pointed.first, pointed.last, step, locale)}</b>
          <span>{show(pointed.value, metric.unit, locale)}</span>
          <small>{t('reports.was', { was: show(pointed.previous, metric.unit, locale) })}</small>
        </div>
      )}
    </div>
  )
}

interface LineProps {
  className?: string
  values: (number | null)[]
  x: (place: number) => number
  y: (value: number) => number
  dots?: boolean
}

/** A line with gaps where there is no value; a value alone between gaps is a dot. */
function Line({ className, values, x, y, dots = false }: LineProps) {
  let path = ''
  let drawing = false
  for (const [place, value] of values.entries()) {
    if (value !== null)
      path += `${drawing ? 'L' : 'M'}${x(place).toFixed(1)} ${y(value).toFixed(1)}`
    drawing = value !== null
  }
  return (
    <g className={className}>
      <path d={path} />
      {values.map((value, place) => {
        const alone = (values[place - 1] ?? null) === null && (values[place + 1] ?? null) === null
        if (value === null || (!dots && !alone)) return null
        // biome-ignore lint/suspicious/noArrayIndexKey: a place in time is what a dot is
        return <circle key={place} cx={x(place)} cy={y(value)} r={2.5} />
      })}
    </g>
  )
}
