import { Button, Input } from 'antd'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { importHolidays, type SlaHoliday } from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { IconButton } from '@/shared/ui'
import type { Span } from './minutes'
import { Shifts } from './Shifts'
import styles from './sla.module.css'

interface Props {
  value?: SlaHoliday[]
  onChange?: (holidays: SlaHoliday[]) => void
}

/** Days that differ: closed, or with hours of their own instead of the weekday's. */
export function HolidaysEditor({ value = [], onChange }: Props) {
  const { t } = useTranslation()
  const put = (index: number, change: Partial<SlaHoliday>) =>
    onChange?.(value.map((one, at) => (at === index ? { ...one, ...change } : one)))
  return (
    <div className={styles.holidays}>
      {value.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a new day has no date yet
        <div key={index} className={styles.holiday}>
          <Input
            type="date"
            size="small"
            required
            aria-label={t('sla.calendars.date')}
            value={one.date}
            onChange={(event) => put(index, { date: event.target.value })}
          />
          <Input
            size="small"
            aria-label={t('kit.name')}
            placeholder={t('kit.name')}
            maxLength={100}
            value={one.name}
            onChange={(event) => put(index, { name: event.target.value })}
          />
          <Shifts
            label={one.date || t('sla.calendars.date')}
            value={(one.hours ?? []) as Span[]}
            onChange={(hours) => put(index, { hours })}
          />
          <IconButton
            icon={X}
            label={`${t('sla.calendars.removeDay')}: ${one.date}`}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={13} />}
        onClick={() => onChange?.([...value, { date: '', hours: [], name: '' }])}
      >
        {t('sla.calendars.addDay')}
      </Button>
    </div>
  )
}

/** Days as a plain list: whatever the authority published, pasted. */
export function HolidayImport({ id, done }: { id: Id; done: (all: SlaHoliday[]) => void }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [text, setText] = useState('')
  async function send() {
    const found = await run(() => importHolidays(id, text), { done: t('sla.calendars.imported') })
    if (!found) return
    setText('')
    done(found.holidays)
  }
  return (
    <details className={styles.import}>
      <summary>{t('sla.calendars.import')}</summary>
      <p>{t('sla.calendars.importHint')}</p>
      <Input.TextArea
        aria-label={t('sla.calendars.import')}
        autoSize={{ minRows: 4, maxRows: 12 }}
        value={text}
        placeholder={'2026-10-01 国庆节\n2026-10-10 09:00-12:00 13:30-18:00 调休上班'}
        onChange={(event) => setText(event.target.value)}
      />
      <Button disabled={!text.trim()} loading={busy !== null} onClick={() => void send()}>
        {t('sla.calendars.importNow')}
      </Button>
    </details>
  )
}
