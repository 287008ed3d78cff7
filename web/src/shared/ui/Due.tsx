import { CirclePause, Timer, TriangleAlert } from 'lucide-react'
import type { TicketRow } from '../api'
import { type DueTone, dueLabel, fullTime, span, useNow } from '../format'
import { useLocale, useTranslation } from '../i18n'
import { useZone } from './Time'
import styles from './Time.module.css'

type Promised = NonNullable<TicketRow['promise']>

const icons = { calm: Timer, soon: Timer, late: TriangleAlert, paused: CirclePause } as const
const words = {
  calm: 'due.left',
  soon: 'due.left',
  late: 'due.late',
  paused: 'due.paused',
} as const satisfies Record<DueTone, string>

/** The next promise of a ticket as a countdown; colour, icon and words say the same. */
export function Due({ promise }: { promise: Promised }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const label = dueLabel(promise, useNow())
  if (!label) return null
  const Icon = icons[label.tone]
  const time = span(label.seconds, locale)
  const target = t(`due.kinds.${promise.kind}` as 'due.kinds.resolution', { defaultValue: '' })
  const said = `${target} · ${t(words[label.tone], { time })}`
  const at = promise.due_at ? ` · ${fullTime(promise.due_at, locale, zone)}` : ''
  return (
    <span className={styles.waiting} data-urgency={label.tone} title={said + at}>
      <Icon size={10} aria-hidden="true" />
      <span aria-hidden="true">
        {label.tone === 'late' ? '−' : ''}
        {label.tone === 'paused' ? t('due.pausedShort') : time}
      </span>
      <span className="sr-only">{said}</span>
    </span>
  )
}
