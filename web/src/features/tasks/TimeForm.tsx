import { Button, Checkbox, Input } from 'antd'
import { type FormEvent, useId, useState } from 'react'
import type { TimeEntry } from '@/shared/api/tasks'
import { showMinutes } from '@/shared/format/minutes'
import { useTranslation } from '@/shared/i18n'
import { readLength, wholeMinutes } from './length'
import styles from './tasks.module.css'

interface Props {
  entry?: TimeEntry
  busy: boolean
  save: (values: { minutes: number; note: string; billable: boolean }) => Promise<void>
  close: () => void
}

/** How long, what for, and whether somebody pays for it. */
export function TimeForm({ entry, busy, save, close }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const before = entry?.seconds ? showMinutes(wholeMinutes(entry.seconds)) : ''
  const [length, setLength] = useState(before)
  const [note, setNote] = useState(entry?.note ?? '')
  const [billable, setBillable] = useState(entry?.billable ?? false)
  const [tried, setTried] = useState(false)
  const minutes = readLength(length)
  const wrong = tried && minutes === null
  function send(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (minutes !== null) void save({ minutes, note: note.trim(), billable })
  }
  return (
    <form className={styles.editor} onSubmit={send}>
      <Input
        autoFocus
        size="small"
        maxLength={12}
        value={length}
        status={wrong ? 'error' : undefined}
        aria-label={t('work.minutes')}
        aria-invalid={wrong}
        aria-describedby={`${id}-hint`}
        placeholder={t('work.minutes')}
        onChange={(event) => setLength(event.target.value)}
      />
      <small id={`${id}-hint`} className={wrong ? styles.wrong : styles.hint}>
        {wrong ? t('work.minutesWrong') : t('work.minutesHint')}
      </small>
      <Input
        size="small"
        maxLength={500}
        value={note}
        aria-label={t('work.note')}
        placeholder={t('work.note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <div className={styles.buttons}>
        <Checkbox checked={billable} onChange={({ target }) => setBillable(target.checked)}>
          {t('work.billable')}
        </Checkbox>
        <span className={styles.gap} />
        <Button size="small" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button size="small" type="primary" htmlType="submit" loading={busy}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  )
}
