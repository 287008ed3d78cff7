import { Button, Dropdown, Space } from 'antd'
import { ChevronUp, Lock, SendHorizontal } from 'lucide-react'
import type { Ticket } from '@/shared/api'
import { keyLabel } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { useStatuses } from '@/shared/ui'
import styles from './Reply.module.css'

interface Props {
  ticket: Ticket
  note: boolean
  disabled: boolean
  send: (status?: string) => void
}

/** Send; or send and change the status in one stroke, to what the server allows next. */
export function SendButton({ ticket, note, disabled, send }: Props) {
  const { t } = useTranslation()
  const statuses = useStatuses()
  const mayEdit = useCan('ticket:edit', ticket)
  const label = note ? t('reply.sendNote') : t('reply.send')
  const next = mayEdit ? ticket.allowed_statuses.filter((status) => status !== ticket.status) : []
  return (
    <Space.Compact className={styles.send}>
      <Button
        type="primary"
        title={keyLabel('$mod+Enter')}
        className={note ? styles.noteButton : undefined}
        disabled={disabled}
        icon={note ? <Lock size={14} /> : <SendHorizontal size={14} />}
        onClick={() => send()}
      >
        {label}
      </Button>
      {next.length > 0 && (
        <Dropdown
          trigger={['click']}
          placement="topRight"
          disabled={disabled}
          menu={{
            items: next.map((status) => ({
              key: status,
              label: t('reply.sendAs', { status: statuses.name(status) }),
              onClick: () => send(status),
            })),
          }}
        >
          <Button
            type="primary"
            className={note ? styles.noteButton : undefined}
            disabled={disabled}
            aria-label={t('reply.sendMenu')}
            icon={<ChevronUp size={15} />}
          />
        </Dropdown>
      )}
    </Space.Compact>
  )
}
