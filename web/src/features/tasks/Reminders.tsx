import { Button, Input } from 'antd'
import { AlarmClock, Plus, X } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Ticket } from '@/shared/api'
import { dropReminder, type Reminder, setReminder, workQuery } from '@/shared/api/tasks'
import { fullTime } from '@/shared/format'
import { snoozeTimes } from '@/shared/format/snooze'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { IconButton, Time, useZone } from '@/shared/ui'
import { Section } from './Section'
import styles from './tasks.module.css'

const AnyTime = lazy(() => import('@/shared/ui/AnyTime'))

/** One's own reminders of this ticket. The ticket stays where it is; only you are told. */
export function Reminders({ ticket, reminders }: { ticket: Ticket; reminders: Reminder[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const [open, setOpen] = useState(false)
  const { run } = useAction()
  const keys = [workQuery(ticket.id).queryKey]
  return (
    <Section
      title={t('work.reminders')}
      note={reminders.length > 0 && String(reminders.length)}
      open={reminders.length > 0}
    >
      <ul className={styles.items}>
        {reminders.map((one) => (
          <li key={one.id} className={styles.item}>
            <AlarmClock size={14} aria-hidden="true" />
            <div className={styles.words}>
              <span>
                <Time at={one.at} style="full" />
              </span>
              {one.note && <small>{one.note}</small>}
            </div>
            <IconButton
              icon={X}
              label={t('work.dropReminder', { time: fullTime(one.at, locale, zone) })}
              onClick={() => void run(() => dropReminder(one.id).then(() => true), { keys })}
            />
          </li>
        ))}
      </ul>
      {open ? (
        <Offers ticket={ticket} close={() => setOpen(false)} />
      ) : (
        <Button size="small" icon={<Plus size={13} />} onClick={() => setOpen(true)}>
          {t('work.remind')}
        </Button>
      )}
    </Section>
  )
}

function Offers({ ticket, close }: { ticket: Ticket; close: () => void }) {
  const { t } = useTranslation()
  const zone = useZone()
  const { run, busy } = useAction()
  const [note, setNote] = useState('')
  async function choose(at: Date) {
    const made = await run(() => setReminder(ticket.id, at.toISOString(), note.trim()), {
      keys: [workQuery(ticket.id).queryKey],
      done: t('work.remindSet'),
    })
    if (made) close()
  }
  return (
    <div className={styles.editor}>
      <Input
        autoFocus
        size="small"
        maxLength={500}
        value={note}
        aria-label={t('work.remindNote')}
        placeholder={t('work.remindNote')}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.offers}>
        {snoozeTimes(Date.now(), zone).map(({ name, at }) => (
          <Button key={name} size="small" disabled={busy !== null} onClick={() => void choose(at)}>
            {t(`snooze.${name}`)}
          </Button>
        ))}
      </div>
      <Suspense fallback={null}>
        <AnyTime label={t('work.remindAt')} choose={(at) => void choose(at)} future />
      </Suspense>
      <div className={styles.buttons}>
        <span className={styles.gap} />
        <Button size="small" onClick={close}>
          {t('common.cancel')}
        </Button>
      </div>
    </div>
  )
}
