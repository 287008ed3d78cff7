import { type ReactNode, useId, useState } from 'react'
import { useLocale } from '@/shared/i18n'
import { useWidth } from '@/shared/page'
import { percent } from './figures'
import styles from './learning.module.css'

const height = 230
const margin = { top: 10, right: 14, bottom: 34, left: 46 }
const marks = [0, 0.25, 0.5, 0.75, 1]

export interface Point {
  x: number
  y: number
  low?: number
  high?: number
  /** What a pointer on it is told. */
  text: string
}

interface Props {
  title: string
  across: string
  points: Point[]
  /** Joined in their order. */
  joined?: boolean
  /** Where the one would be as large as the other. */
  diagonal?: boolean
  /** The lowest share that is drawn. */
  from?: number
  /** Marks below it; shares unless told otherwise. */
  ticks?: { at: number; text: string }[]
  children?: (x: (share: number) => number, y: (share: number) => number) => ReactNode
}

/** Shares over shares: dots with whiskers. The figures are in a table behind it for screen readers. */
export function Plot({
  title,
  across,
  points,
  joined,
  diagonal,
  from = 0,
  ticks,
  children,
}: Props) {
  const locale = useLocale()
  const [box, width] = useWidth()
  const [at, setAt] = useState<number | null>(null)
  const label = useId()
  const inner = Math.max(80, width - margin.left - margin.right)
  const x = (share: number) => margin.left + inner * share
  const y = (share: number) =>
    margin.top +
    (height - margin.top - margin.bottom) * (1 - (Math.max(from, share) - from) / (1 - from))
  const shown = marks.map((mark) => from + mark * (1 - from))
  const below = ticks ?? marks.map((at) => ({ at, text: percent(at, locale) }))
  const pointed = at === null ? undefined : points[at]
  return (
    <div ref={box} className={styles.plot}>
      <svg width={width} height={height} role="img" aria-labelledby={label}>
        <title id={label}>{title}</title>
        {shown.map((mark) => (
          <g key={mark}>
            <line className={styles.grid} x1={x(0)} x2={x(1)} y1={y(mark)} y2={y(mark)} />
            <text className={styles.mark} x={x(0) - 8} y={y(mark) + 4} textAnchor="end">
              {percent(mark, locale)}
            </text>
          </g>
        ))}
        {below.map(({ at, text }) => (
          <text key={at} className={styles.mark} x={x(at)} y={height - 18} textAnchor="middle">
            {text}
          </text>
        ))}
        <text className={styles.mark} x={x(0.5)} y={height - 3} textAnchor="middle">
          {across}
        </text>
        {diagonal && (
          <line className={styles.ideal} x1={x(from)} y1={y(from)} x2={x(1)} y2={y(1)} />
        )}
        {children?.(x, y)}
        {joined && (
          <path
            className={styles.line}
            d={points
              .map(
                (one, place) => `${place ? 'L' : 'M'}${x(one.x).toFixed(1)} ${y(one.y).toFixed(1)}`,
              )
              .join('')}
          />
        )}
        {points.map((one, place) => (
          <g
            key={`${one.x} ${one.y} ${one.text}`}
            onPointerEnter={() => setAt(place)}
            onPointerLeave={() => setAt(null)}
          >
            {one.low !== undefined && one.high !== undefined && (
              <line
                className={styles.whisker}
                x1={x(one.x)}
                x2={x(one.x)}
                y1={y(one.low)}
                y2={y(one.high)}
              />
            )}
            <circle className={styles.dot} cx={x(one.x)} cy={y(one.y)} r={4} />
            <circle cx={x(one.x)} cy={y(one.y)} r={11} fill="transparent" />
          </g>
        ))}
      </svg>
      {pointed && (
        <div
          className={styles.tip}
          aria-hidden="true"
          style={{ left: Math.min(Math.max(x(pointed.x), 90), Math.max(90, width - 90)) }}
        >
          {pointed.text}
        </div>
      )}
      <ul className="sr-only">
        {points.map((one) => (
          <li key={`${one.x} ${one.y} ${one.text}`}>{one.text}</li>
        ))}
      </ul>
    </div>
  )
}
