import { useQuery } from '@tanstack/react-query'
import { Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { answerIncidents, incidentsQuery } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { useAction, useLeaveGuard } from '@/shared/page'
import { ChannelIcon, ErrorState, Skeleton } from '@/shared/ui'
import type { DialogProps } from './Dialogs'
import styles from './relations.module.css'
import { useDone } from './useDone'

/** One answer for all incidents: each gets it in its own conversation. */
export function Answer({ ticket, close }: DialogProps) {
  const { t } = useTranslation()
  const [body, setBody] = useState('')
  const [resolve, setResolve] = useState(true)
  const [key] = useState(() => crypto.randomUUID())
  const { run, busy } = useAction()
  const { done } = useDone()
  const { data, error, isPending, refetch } = useQuery(incidentsQuery(ticket.id))
  const guard = useLeaveGuard(body.trim() !== '')
  const reached = (data ?? []).filter(({ reason }) => !reason)
  async function send() {
    const status = resolve ? 'resolved' : null
    const made = await run(() => answerIncidents(ticket.id, { body, key, status }))
    if (!made) return
    close()
    done(made.operation, t('relations.answered', { count: reached.length }))
  }
  return (
    <Modal
      open
      title={t('relations.answerTitle')}
      onCancel={async () => {
        if (await guard.mayLeave()) close()
      }}
      onOk={() => void send()}
      okText={t('relations.answerNow', { count: reached.length })}
      okButtonProps={{ disabled: !body.trim() || reached.length === 0, loading: busy !== null }}
      cancelText={t('common.cancel')}
      width={600}
    >
      <Input.TextArea
        autoFocus
        aria-label={t('relations.answerText')}
        placeholder={t('relations.answerText')}
        autoSize={{ minRows: 4, maxRows: 12 }}
        value={body}
        onChange={(event) => setBody(event.target.value)}
      />
      <Checkbox checked={resolve} onChange={(event) => setResolve(event.target.checked)}>
        {t('relations.answerResolve')}
      </Checkbox>
      {isPending && <Skeleton lines={3} />}
      {error && <ErrorState error={error} retry={refetch} />}
      <ul className={styles.incidents}>
        {(data ?? []).map(({ ticket: one, channel, reply_to, reason }) => (
          <li key={one.id} className={reason ? styles.out : undefined}>
            <ChannelIcon channel={channel || one.channel} size={13} />
            <span className={styles.number}>#{one.number}</span>
            <span className="truncate">{one.requester.name || reply_to}</span>
            {reason && (
              <small>
                {t(`relations.reasons.${reason}` as 'relations.reasons.closed', {
                  defaultValue: reason,
                })}
              </small>
            )}
          </li>
        ))}
      </ul>
    </Modal>
  )
}
