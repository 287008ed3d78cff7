import { useQuery } from '@tanstack/react-query'
import { Button, DatePicker, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { addLeave, leaveQuery, profileQuery, removeLeave } from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { IconButton } from '@/shared/ui'
import styles from './assignment.module.css'

const shape = 'YYYY-MM-DDTHH:mm'
const shown = 'YYYY-MM-DD HH:mm'

/** Leave on the agent's own clock; each line is kept at once. */
export function LeaveEditor({ agentId }: { agentId: Id }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(leaveQuery(agentId))
  const { run, busy } = useAction()
  const [span, setSpan] = useState<[Dayjs, Dayjs] | null>(null)
  const [note, setNote] = useState('')
  const keys = [leaveQuery(agentId).queryKey, profileQuery(agentId).queryKey]
  async function add() {
    if (!span) return
    const [begins, ends] = span
    const body = { begins: begins.format(shape), ends: ends.format(shape), note }
    if (await run(() => addLeave(agentId, body), { keys })) {
      setSpan(null)
      setNote('')
    }
  }
  return (
    <section className={styles.leave} aria-label={t('assignment.leave.title')}>
      <h3>{t('assignment.leave.title')}</h3>
      <p className={styles.none}>{t('assignment.leave.hint')}</p>
      <ul>
        {data.map((leave) => (
          <li key={leave.id}>
            <span>
              {dayjs(leave.begins).format(shown)} – {dayjs(leave.ends).format(shown)}
              {leave.note && <small>{leave.note}</small>}
            </span>
            <IconButton
              icon={X}
              label={`${t('assignment.leave.remove')}: ${dayjs(leave.begins).format(shown)}`}
              disabled={busy !== null}
              onClick={() => void run(() => removeLeave(agentId, leave.id), { keys })}
            />
          </li>
        ))}
      </ul>
      <div className={styles.addLeave}>
        <DatePicker.RangePicker
          value={span}
          showTime={{
            format: 'HH:mm',
            defaultOpenValue: [dayjs('00:00', 'HH:mm'), dayjs('23:59', 'HH:mm')],
          }}
          format={shown}
          onChange={(found) => setSpan(found?.[0] && found[1] ? [found[0], found[1]] : null)}
        />
        <Input
          aria-label={t('assignment.leave.note')}
          placeholder={t('assignment.leave.note')}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
          onPressEnter={(event) => {
            event.preventDefault()
            void add()
          }}
        />
        <Button
          icon={<Plus size={13} />}
          disabled={!span}
          loading={busy !== null}
          onClick={() => void add()}
        >
          {t('assignment.leave.add')}
        </Button>
      </div>
    </section>
  )
}
