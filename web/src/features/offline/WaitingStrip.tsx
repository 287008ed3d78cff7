import { App, Button } from 'antd'
import { CircleAlert, CloudOff } from 'lucide-react'
import type { Id, Message } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { discard, put, type Queued, useOutbox } from '@/shared/offline'
import { Time, useStatuses } from '@/shared/ui'
import styles from './offline.module.css'

interface Props {
  ticket: Id
  /** Puts the words of an answer into the editor again. */
  restore: (message: Message) => void
}

/** What was written without a line, or refused since: shown where it belongs until it is settled. */
export function WaitingStrip({ ticket, restore }: Props) {
  const { t } = useTranslation()
  const all = useOutbox(({ items }) => items)
  const items = all.filter((item) => item.ticket.id === ticket)
  if (items.length === 0) return null
  return (
    <ul className={styles.strip} aria-label={t('waiting.label')}>
      {items.map((item) => (
        <Item key={item.id} item={item} restore={restore} />
      ))}
    </ul>
  )
}

function Item({ item, restore }: { item: Queued; restore: Props['restore'] }) {
  const { t } = useTranslation()
  const waits = item.state === 'waiting'
  const Icon = waits ? CloudOff : CircleAlert
  return (
    <li className={styles.item} data-state={item.state}>
      <p className={styles.head}>
        <Icon size={14} aria-hidden="true" />
        <strong>{t(nameOf(item))}</strong>
        <Time at={new Date(item.at).toISOString()} style="clock" />
      </p>
      <What item={item} />
      <p className={styles.state} role={waits ? 'status' : 'alert'}>
        {t(said(item), { reason: item.detail ?? '' })}
      </p>
      {item.newer?.slice(-3).map((message) => (
        <q key={message.id}>{message.text.slice(0, 240)}</q>
      ))}
      <Actions item={item} restore={restore} />
    </li>
  )
}

function nameOf({ work }: Queued) {
  if (work.kind === 'change') return 'waiting.change'
  return work.body.visibility === 'internal' ? 'waiting.note' : 'waiting.reply'
}

function said({ state, work, sure }: Queued) {
  if (state === 'waiting') return sure ? 'waiting.state' : 'waiting.unsure'
  if (state === 'failed') return 'waiting.refused'
  return work.kind === 'reply' ? 'waiting.stale' : 'waiting.changed'
}

function What({ item: { work } }: { item: Queued }) {
  const { t } = useTranslation()
  const statuses = useStatuses()
  if (work.kind === 'reply') return <p className={styles.text}>{work.body.body}</p>
  const named = (field: string) =>
    t(`waiting.fields.${field}` as 'waiting.fields.status', {
      defaultValue: t('waiting.fields.other'),
    })
  const parts = Object.entries(work.change).map(([field, value]) =>
    field === 'status' ? `${named(field)}: ${statuses.name(String(value))}` : named(field),
  )
  return <p className={styles.text}>{parts.join(' · ')}</p>
}

function Actions({ item, restore }: { item: Queued; restore: Props['restore'] }) {
  const { t } = useTranslation()
  const { modal } = App.useApp()
  const { work, state, sure } = item
  const mayTakeBack = sure || state !== 'waiting'
  const again = () => void put(insisted(item))
  const ask = () =>
    modal.confirm({
      title: t('waiting.discardAsk'),
      content: work.kind === 'reply' ? work.body.body : undefined,
      icon: null,
      okText: t('waiting.discard'),
      okButtonProps: { danger: true },
      cancelText: t('common.cancel'),
      onOk: () => discard(item.id),
    })
  const label =
    state === 'failed'
      ? 'waiting.again'
      : work.kind === 'reply'
        ? 'waiting.anyway'
        : 'waiting.apply'
  return (
    <div className={styles.actions}>
      {work.kind === 'reply' && mayTakeBack && (
        <Button
          onClick={() => {
            restore(work.shown)
            void discard(item.id)
          }}
        >
          {t('waiting.edit')}
        </Button>
      )}
      {mayTakeBack && (
        <Button danger type="text" onClick={ask}>
          {t('waiting.discard')}
        </Button>
      )}
      {state !== 'waiting' && (
        <Button type="primary" onClick={again}>
          {t(label)}
        </Button>
      )}
    </div>
  )
}

/** The same once more, now that its writer knows what happened meanwhile. */
function insisted(item: Queued): Queued {
  const { code: _, detail: __, newer: ___, ...rest } = item
  const fresh: Queued = { ...rest, state: 'waiting' }
  if (item.state !== 'asking') return fresh
  if (fresh.work.kind === 'reply') {
    const body = { ...fresh.work.body, confirm_stale: true }
    return { ...fresh, work: { ...fresh.work, body } }
  }
  return { ...fresh, work: { ...fresh.work, insists: true } }
}
