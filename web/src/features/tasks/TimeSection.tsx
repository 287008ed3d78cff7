import { Button } from 'antd'
import { Pencil, Play, Plus, Square, Trash2 } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import {
  addTime,
  changeTime,
  removeTime,
  startTimer,
  stopTimer,
  type TicketWork,
  type TimeEntry,
} from '@/shared/api/tasks'
import { secondsSince, span, useNow } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useAction, useAsk } from '@/shared/page'
import { useCan } from '@/shared/session'
import { IconButton, Tag, Time } from '@/shared/ui'
import { Section } from './Section'
import { TimeForm } from './TimeForm'
import styles from './tasks.module.css'

/** Time on a ticket: a timer, what was written down, and how much it is in all. */
export function TimeSection({ ticket, work }: { ticket: Ticket; work: TicketWork }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const mayTrack = useCan('time:track')
  const [open, setOpen] = useState(false)
  const { run, busy } = useAction()
  const { items, total_seconds, billable_seconds } = work.time
  const keys = [['work']]
  if (items.length === 0 && !mayTrack) return null
  const running = work.running.entry
  const here = running?.ticket_id === ticket.id
  return (
    <Section
      title={t('work.time')}
      note={total_seconds > 0 && t('work.total', { time: span(total_seconds, locale) })}
      open={items.length > 0}
      actions={mayTrack && <Timer ticket={ticket} running={running} />}
    >
      {running && !here && work.running.ticket_number && (
        <p className={styles.hint}>
          {t('work.runningThere', { number: work.running.ticket_number })}
        </p>
      )}
      {billable_seconds > 0 && (
        <p className={styles.hint}>
          {t('work.billableTotal', { time: span(billable_seconds, locale) })}
        </p>
      )}
      {items.length === 0 && <p className={styles.hint}>{t('work.none')}</p>}
      <ul className={styles.items}>
        {items.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ul>
      {mayTrack &&
        (open ? (
          <TimeForm
            busy={busy !== null}
            close={() => setOpen(false)}
            save={async (values) => {
              if (await run(() => addTime(ticket.id, values), { keys })) setOpen(false)
            }}
          />
        ) : (
          <Button size="small" icon={<Plus size={13} />} onClick={() => setOpen(true)}>
            {t('work.write')}
          </Button>
        ))}
    </Section>
  )
}

function Timer({ ticket, running }: { ticket: Ticket; running: TimeEntry | null }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const now = useNow()
  const { run, busy } = useAction()
  const keys = [['work']]
  const here = running?.ticket_id === ticket.id
  if (here && running) {
    const time = span(secondsSince(running.started_at, now), locale)
    return (
      <Button
        size="small"
        icon={<Square size={12} />}
        loading={busy !== null}
        aria-label={t('work.stop')}
        title={t('work.runningHere', { time })}
        onClick={() => void run(stopTimer, { keys })}
      >
        {time}
      </Button>
    )
  }
  return (
    <IconButton
      icon={Play}
      label={t('work.start')}
      disabled={busy !== null}
      onClick={() =>
        void run(() => startTimer(ticket.id), {
          keys,
          done: running ? t('work.switchedAny') : undefined,
        })
      }
    />
  )
}

function Entry({ entry }: { entry: TimeEntry }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const ask = useAsk()
  const { run, busy } = useAction()
  const [open, setOpen] = useState(false)
  const keys = [['work']]
  const { name } = entry.agent
  async function remove() {
    const sure = await ask({ title: t('work.removeTitle'), ok: t('common.delete') })
    if (sure) await run(() => removeTime(entry.id).then(() => true), { keys })
  }
  return (
    <li>
      <div className={styles.item}>
        <div className={styles.words}>
          <span>
            {entry.seconds === null ? (
              <Tag tone="info">{t('work.running')}</Tag>
            ) : (
              <b>{span(entry.seconds, locale)}</b>
            )}{' '}
            {name} {entry.billable && <Tag tone="ok">{t('work.billable')}</Tag>}
          </span>
          <small>
            <Time at={entry.started_at} /> {entry.note}
          </small>
        </div>
        {entry.may_change && entry.seconds !== null && (
          <IconButton
            icon={Pencil}
            label={t('work.changeEntry', { name })}
            onClick={() => setOpen(!open)}
          />
        )}
        {entry.may_change && (
          <IconButton
            icon={Trash2}
            label={t('work.removeEntry', { name })}
            onClick={() => void remove()}
          />
        )}
      </div>
      {open && (
        <TimeForm
          entry={entry}
          busy={busy !== null}
          close={() => setOpen(false)}
          save={async (values) => {
            if (await run(() => changeTime(entry.id, values), { keys })) setOpen(false)
          }}
        />
      )}
    </li>
  )
}
