import { Popover } from 'antd'
import { Check, Clock } from 'lucide-react'
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { Priority, Ticket } from '@/shared/api'
import { fullTime } from '@/shared/format'
import { snoozeTimes } from '@/shared/format/snooze'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Choice, type MenuState, PriorityIcon, StatusTag, useStatuses, useZone } from '@/shared/ui'
import styles from './ticket.module.css'

const AnyTime = lazy(() => import('@/shared/ui/AnyTime'))

const tick = (on: boolean) => (on ? <Check size={14} aria-hidden="true" /> : <span />)

/** The statuses that may follow, as the server says; nothing else is offered. */
export function StatusMenu({
  ticket,
  onChange,
  ...menu
}: MenuState & { ticket: Ticket; onChange: (status: string) => void }) {
  const { t } = useTranslation()
  const statuses = useStatuses()
  const offered = [...new Set([ticket.status, ...ticket.allowed_statuses])]
  return (
    <Choice
      label={t('ticket.status')}
      items={offered.map((status) => ({
        key: status,
        icon: tick(status === ticket.status),
        label: <StatusTag status={status} category={statuses.category(status)} />,
        onClick: () => status !== ticket.status && onChange(status),
      }))}
      {...menu}
    >
      <StatusTag status={ticket.status} category={ticket.status_category} />
    </Choice>
  )
}

const priorities = ['urgent', 'high', 'normal', 'low'] as const

export function PriorityMenu({
  value,
  onChange,
  ...menu
}: MenuState & { value: Priority; onChange: (priority: Priority) => void }) {
  const { t } = useTranslation()
  return (
    <Choice
      label={t('priority.label')}
      items={priorities.map((priority) => ({
        key: priority,
        icon: <PriorityIcon priority={priority} />,
        label: t(`priority.${priority}`),
        onClick: () => priority !== value && onChange(priority),
      }))}
      {...menu}
    >
      <PriorityIcon priority={value} />
      {t(`priority.${value}`)}
    </Choice>
  )
}

/** Later today, tomorrow, or any time. */
export function SnoozeMenu({
  ticket,
  onChange,
  open,
  onOpenChange,
  children,
}: MenuState & { ticket: Ticket; onChange: (until: string | null) => void; children: ReactNode }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const [inner, setInner] = useState(false)
  const shown = open ?? inner
  const show = onOpenChange ?? setInner
  const choose = (until: string | null) => {
    show(false)
    onChange(until)
  }
  return (
    <Popover
      trigger="click"
      open={shown}
      onOpenChange={show}
      arrow={false}
      placement="bottomRight"
      content={
        <div className={styles.snooze} role="dialog" aria-label={t('snooze.title')}>
          <p>{t('snooze.hint')}</p>
          {snoozeTimes(Date.now(), zone).map(({ name, at }) => (
            <button key={name} type="button" onClick={() => choose(at.toISOString())}>
              <span>{t(`snooze.${name}`)}</span>
              <small>{fullTime(at.toISOString(), locale, zone).replace(/:00$/, '')}</small>
            </button>
          ))}
          <Suspense fallback={null}>
            <AnyTime label={t('snooze.custom')} choose={(at) => choose(at.toISOString())} future />
          </Suspense>
          {ticket.snoozed_until && (
            <button type="button" onClick={() => choose(null)}>
              <span>
                <Clock size={13} aria-hidden="true" /> {t('snooze.wake')}
              </span>
            </button>
          )}
        </div>
      }
    >
      {children}
    </Popover>
  )
}
