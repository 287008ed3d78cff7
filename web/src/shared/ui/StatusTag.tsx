import type { TFunction } from 'i18next'
import {
  Circle,
  CircleCheck,
  CircleDashed,
  CircleDot,
  CircleSlash,
  type LucideIcon,
} from 'lucide-react'
import type { StatusCategory } from '../api'
import { useTranslation } from '../i18n'
import styles from './tags.module.css'

const looks = {
  new: { icon: CircleDashed, tone: 'info' },
  open: { icon: CircleDot, tone: 'brand' },
  waiting: { icon: Circle, tone: 'warn' },
  resolved: { icon: CircleCheck, tone: 'ok' },
  closed: { icon: CircleSlash, tone: 'neutral' },
} satisfies Record<StatusCategory, { icon: LucideIcon; tone: string }>

/** A status that a workspace has made itself is shown by its own name. */
export const statusName = (t: TFunction, status: string): string =>
  t(`status.${status}` as 'status.open', { defaultValue: status })

const byStatus: Record<string, StatusCategory> = {
  new: 'new',
  open: 'open',
  waiting: 'waiting',
  pending: 'waiting',
  on_hold: 'waiting',
  hold: 'waiting',
  resolved: 'resolved',
  solved: 'resolved',
  closed: 'closed',
}
export const categoryOf = (status: string): StatusCategory => byStatus[status] ?? 'open'

interface Props {
  status: string
  category?: StatusCategory
  iconOnly?: boolean
}

export function StatusTag({ status, category, iconOnly = false }: Props) {
  const { t } = useTranslation()
  const { icon: Icon, tone } = looks[category ?? categoryOf(status)] ?? looks.open
  const name = statusName(t, status)
  if (iconOnly) {
    return (
      <span className={styles.icon} data-tone={tone} title={name}>
        <Icon size={14} aria-hidden="true" />
        <span className="sr-only">{name}</span>
      </span>
    )
  }
  return (
    <span className={styles.tag} data-tone={tone}>
      <Icon size={12} strokeWidth={2.4} aria-hidden="true" />
      {name}
    </span>
  )
}
