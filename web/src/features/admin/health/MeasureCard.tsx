import { Button } from 'antd'
import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert } from 'lucide-react'
import type { HealthWindow, Measure } from '@/shared/api/system'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Tag } from '@/shared/ui'
import { rate, share, tones, within } from './figures'
import styles from './health.module.css'
import { Steps } from './Steps'

const icons = { none: CircleDashed, ok: CircleCheck, warn: TriangleAlert, bad: CircleAlert }

interface Props {
  measure: Measure
  window: HealthWindow
  change: () => void
}

/** One promise: how it is kept, what is left, and what to do when it is not. */
export function MeasureCard({ measure, window, change }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const mayChange = useCan('workspace:manage')
  const name = t(`system.measures.${measure.measure}`)
  const now = measure.windows.find((one) => one.window === window)
  const Icon = icons[measure.state]
  return (
    <article className={styles.measure} data-state={measure.state} aria-label={name}>
      <header>
        <h2>{name}</h2>
        <Tag tone={tones[measure.state]}>
          <Icon size={12} aria-hidden="true" /> {t(`system.states.${measure.state}`)}
        </Tag>
      </header>
      <p className={styles.meaning}>
        {t(`system.meanings.${measure.measure}`, { within: within(measure.within, locale) })}
      </p>
      <p className={styles.share}>
        <b>{share(now?.share, locale)}</b>
        <span>{t('system.goal', { share: share(measure.target, locale) })}</span>
      </p>
      <Steps measure={measure} name={name} />
      <Budget measure={measure} />
      <Windows measure={measure} name={name} />
      {measure.cure && <p className={styles.cure}>{localized(measure.cure, locale, '')}</p>}
      {mayChange && (
        <Button
          size="small"
          type="text"
          onClick={change}
          aria-label={`${t('system.change')}: ${name}`}
        >
          {t('system.change')}
        </Button>
      )}
    </article>
  )
}

function Budget({ measure: { budget } }: { measure: Measure }) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (budget === null) return null
  const left = Math.min(1, Math.max(0, budget))
  return (
    <div className={styles.budget} data-gone={left === 0}>
      <div aria-hidden="true">
        <i style={{ width: `${left * 100}%` }} />
      </div>
      <small>
        {left === 0
          ? t('system.budgetGone')
          : t('system.budget', { share: share(Math.round(left * 1000) / 1000, locale) })}
      </small>
    </div>
  )
}

function Windows({ measure, name }: { measure: Measure; name: string }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <table className={styles.windows} aria-label={name}>
      <thead>
        <tr>
          <td />
          <th scope="col">{t('system.share')}</th>
          <th scope="col">{t('system.count')}</th>
          <th scope="col" title={t('system.burnHint')}>
            {t('system.burn')}
          </th>
        </tr>
      </thead>
      <tbody>
        {measure.windows.map((one) => {
          const burn = rate(one.burn, locale)
          return (
            <tr key={one.window}>
              <th scope="row">{t(`system.windows.${one.window}`)}</th>
              <td>{share(one.share, locale)}</td>
              <td>{one.total ? one.total.toLocaleString(locale) : t('system.none')}</td>
              <td>
                {burn === null ? '—' : t('system.times', { count: burn as unknown as number })}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
