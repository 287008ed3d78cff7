import { Dropdown } from 'antd'
import {
  ArrowLeft,
  CircleDot,
  type LucideIcon,
  PanelBottomOpen,
  Reply,
  UserPlus,
} from 'lucide-react'
import { startWriting } from '@/features/reply'
import type { TicketActions } from '@/features/ticket'
import type { Ticket } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan, useMyId } from '@/shared/session'
import { StatusTag, useStatuses } from '@/shared/ui'
import styles from './ThumbBar.module.css'
import type { Finish } from './useFinish'

export interface ThumbBarProps {
  ticket: Ticket
  actions: TicketActions
  finish: Finish
  back: () => void
  openPanel: () => void
  write: () => void
}

/** An opened ticket in one hand: everything that is done most lies where the thumb is. */
export default function ThumbBar(props: ThumbBarProps) {
  const { ticket, actions, finish, back, openPanel, write } = props
  const { t } = useTranslation()
  const me = useMyId()
  const mayReply = useCan('ticket:reply', ticket)
  const mayNote = useCan('ticket:note', ticket)
  const mayTake = useCan('ticket:assign', ticket) && ticket.assignee_id !== me
  return (
    <nav className={styles.bar} data-thumb-bar aria-label={t('ticket.thumb')}>
      <Part icon={ArrowLeft} name={t('common.back')} run={back} />
      <Part icon={PanelBottomOpen} name={t('ticket.details')} tour="customer" run={openPanel} />
      {mayTake && <Part icon={UserPlus} name={t('ticket.take')} run={() => void actions.take()} />}
      <Status ticket={ticket} finish={finish} />
      {(mayReply || mayNote) && (
        <button
          type="button"
          className={styles.write}
          data-tour="reply"
          onClick={() => {
            write()
            startWriting(ticket.id, mayReply ? 'public' : 'internal')
          }}
        >
          <Reply size={20} aria-hidden="true" />
          {mayReply ? t('reply.reply') : t('reply.note')}
        </button>
      )}
    </nav>
  )
}

interface PartProps {
  icon: LucideIcon
  name: string
  tour?: string
  run: () => void
}

function Part({ icon: Icon, name, tour, run }: PartProps) {
  return (
    <button type="button" className={styles.part} data-tour={tour} onClick={run}>
      <Icon size={20} strokeWidth={1.8} aria-hidden="true" />
      {name}
    </button>
  )
}

/** What the server allows next, opening upwards. */
function Status({ ticket, finish }: { ticket: Ticket; finish: Finish }) {
  const { t } = useTranslation()
  const statuses = useStatuses()
  const mayEdit = useCan('ticket:edit', ticket)
  const next = ticket.allowed_statuses.filter((status) => status !== ticket.status)
  if (!mayEdit || next.length === 0) return null
  return (
    <Dropdown
      trigger={['click']}
      placement="top"
      rootClassName={styles.menu}
      menu={{
        items: next.map((status) => ({
          key: status,
          label: <StatusTag status={status} category={statuses.category(status)} />,
          onClick: () => finish({ status }),
        })),
      }}
    >
      <button type="button" className={styles.part} aria-haspopup="menu">
        <CircleDot size={20} strokeWidth={1.8} aria-hidden="true" />
        {t('ticket.status')}
      </button>
    </Dropdown>
  )
}
