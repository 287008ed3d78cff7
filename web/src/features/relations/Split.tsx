import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Checkbox, Input, Modal } from 'antd'
import { useState } from 'react'
import { api, type Id } from '@/shared/api'
import { splitTicket } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { useAction, useLeaveGuard } from '@/shared/page'
import { Skeleton, Time } from '@/shared/ui'
import type { DialogProps } from './Dialogs'
import styles from './relations.module.css'
import { useDone } from './useDone'

/** Chosen messages become a ticket of their own with a conversation to the same person. */
export function Split({ ticket, close }: DialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [chosen, setChosen] = useState<Id[]>([])
  const [subject, setSubject] = useState('')
  const { run, busy } = useAction()
  const { done } = useDone()
  const guard = useLeaveGuard(subject.trim() !== '' || chosen.length > 0)
  const { data, isPending } = useQuery({
    queryKey: ['relations', ticket.id, 'messages'],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/messages', {
        path: { ticket_id: ticket.id },
        query: { limit: 100 },
        signal,
      }),
  })
  const messages = (data?.items ?? []).filter(({ direction }) => direction !== 'system')
  async function split() {
    const made = await run(() => splitTicket(ticket.id, chosen, subject))
    if (!made?.other_id) return
    close()
    done(made, t('relations.splitDone', { number: ticket.number }))
    void navigate({ to: '/inbox', search: { view: 'all', ticket: made.other_id } })
  }
  return (
    <Modal
      open
      title={t('relations.splitTitle', { number: ticket.number })}
      onCancel={async () => {
        if (await guard.mayLeave()) close()
      }}
      onOk={() => void split()}
      okText={t('relations.splitNow', { count: chosen.length })}
      okButtonProps={{ disabled: chosen.length === 0, loading: busy !== null }}
      cancelText={t('common.cancel')}
      width={600}
    >
      <Input
        aria-label={t('ticket.subject')}
        placeholder={t('relations.splitSubject')}
        maxLength={500}
        value={subject}
        onChange={(event) => setSubject(event.target.value)}
      />
      {isPending && <Skeleton lines={4} />}
      <Checkbox.Group
        className={styles.messages}
        value={chosen}
        onChange={(values) => setChosen(values.map(String))}
      >
        {messages.map((message) => (
          <Checkbox key={message.id} value={message.id}>
            <span className={styles.message}>
              <strong>{message.author.name}</strong> <Time at={message.created_at} />
              <span className="truncate">{message.body_text.slice(0, 160)}</span>
            </span>
          </Checkbox>
        ))}
      </Checkbox.Group>
      <p className={styles.note}>{t('relations.splitHint')}</p>
    </Modal>
  )
}
