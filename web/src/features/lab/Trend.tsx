import { useId } from 'react'
import type { LabRun } from '@/shared/api/lab'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, useWidth } from '@/shared/page'
import { between, percent } from './figures'
import styles from './lab.module.css'

const height = 130
const [top, bottom, left, right] = [10, 22, 44, 14]

/** The score of what was in use, run by run, with its intervals. */
export function Trend({ runs }: { runs: LabRun[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [box, width] = useWidth()
  const label = useId()
  const shown = runs.flatMap(({ id, number, report }) =>
    report ? [{ id, number, score: report.score }] : [],
  )
  if (shown.length < 2) return null
  const from = Math.floor(Math.min(...shown.map(({ score }) => score.low)) * 10) / 10
  const low = Math.min(from, 0.9)
  const x = (at: number) => left + ((width - left - right) * (at + 0.5)) / shown.length
  const y = (share: number) => top + (height - top - bottom) * (1 - (share - low) / (1 - low))
  const text = ({ number, score }: (typeof shown)[number]) =>
    t('lab.trendPoint', {
      number,
      score: percent(score.value, locale),
      range: between(score, locale),
    })
  return (
    <Card title={t('lab.trend')}>
      <div ref={box}>
        <svg width={width} height={height} role="img" aria-labelledby={label}>
          <title id={label}>{t('lab.trend')}</title>
          {[low, (1 + low) / 2, 1].map((mark) => (
            <g key={mark}>
              <line
                className={styles.grid}
                x1={left}
                x2={width - right}
                y1={y(mark)}
                y2={y(mark)}
              />
              <text className={styles.mark} x={left - 8} y={y(mark) + 4} textAnchor="end">
                {percent(mark, locale)}
              </text>
            </g>
          ))}
          <path
            className={styles.line}
            d={shown.map(({ score }, at) => `${at ? 'L' : 'M'}${x(at)} ${y(score.value)}`).join('')}
          />
          {shown.map((one, at) => (
            <g key={one.id}>
              <title>{text(one)}</title>
              <line
                className={styles.whisker}
                x1={x(at)}
                x2={x(at)}
                y1={y(one.score.low)}
                y2={y(one.score.high)}
              />
              <circle className={styles.dot} cx={x(at)} cy={y(one.score.value)} r={4} />
              <text className={styles.mark} x={x(at)} y={height - 4} textAnchor="middle">
                {one.number}
              </text>
            </g>
          ))}
        </svg>
        <ul className="sr-only">
          {shown.map((one) => (
            <li key={one.id}>{text(one)}</li>
          ))}
        </ul>
      </div>
    </Card>
  )
}
