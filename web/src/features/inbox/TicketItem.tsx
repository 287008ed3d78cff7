import { useQuery } from '@tanstack/react-query'
import { Checkbox } from 'antd'
import { memo } from 'react'
import { agentsQuery, nameOf, type TicketRow } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import {
  Avatar,
  ChannelIcon,
  Due,
  MoodIcon,
  PriorityIcon,
  StatusTag,
  Tag,
  Time,
  Waiting,
} from '@/shared/ui'
import styles from './Inbox.module.css'

interface Props {
  row: TicketRow
  active: boolean
  picked: boolean
  picking: boolean
  onOpen: (row: TicketRow, event: React.MouseEvent) => void
  onHover: (id: string) => void
}

/** What presses: the promise to the customer, or without one how long they have been waiting. */
function Pressing({ row }: { row: TicketRow }) {
  if (row.status_category === 'closed' || row.status_category === 'resolved') return null
  if (row.promise && row.promise.state !== 'done') return <Due promise={row.promise} />
  return row.waiting_since ? <Waiting since={row.waiting_since} /> : null
}

export const TicketItem = memo(function TicketItem(props: Props) {
  const { row, active, picked, picking, onOpen, onHover } = props
  const { t } = useTranslation()
  const { data: agents } = useQuery(agentsQuery)
  const assignee = nameOf(agents, row.assignee_id)
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the list has the keys and the option around this its name; here only the mouse lands
    <div
      role="presentation"
      className={styles.item}
      data-active={active}
      data-picked={picked}
      data-unread={row.unread}
      onClick={(event) => onOpen(row, event)}
      onMouseEnter={() => onHover(row.id)}
    >
      <span className={styles.lead}>
        {picking ? (
          <Checkbox checked={picked} tabIndex={-1} aria-hidden="true" />
        ) : (
          <Avatar name={row.requester.name || '?'} size={30} />
        )}
        {row.unread && <i className={styles.unread} aria-hidden="true" />}
      </span>
      <span className={styles.line}>
        <span className={styles.who}>
          {row.unread && <span className="sr-only">{t('list.unread')} </span>}
          {row.requester.name || t('list.noRequester')}
        </span>
        <span className={styles.channel}>
          <ChannelIcon channel={row.channel} size={12} />
        </span>
        <Time at={row.last_message_at ?? row.created_at} />
      </span>
      <span className={styles.line}>
        <span className={styles.what} title={row.subject} dir="auto">
          {row.subject || t('list.noSubject')}
        </span>
        <Pressing row={row} />
      </span>
      <span className={styles.line}>
        <span className={styles.preview}>
          {row.draft && <em>{t('list.draft')} · </em>}
          {row.preview || t('list.noPreview')}
        </span>
        {row.tags.slice(0, 1).map((tag) => (
          <span key={tag} className={styles.label}>
            <Tag title={tag}>{tag}</Tag>
          </span>
        ))}
        <MoodIcon mood={row.mood} />
        {row.priority !== 'normal' && <PriorityIcon priority={row.priority} size={13} />}
        <StatusTag status={row.status} category={row.status_category} iconOnly />
        {assignee && (
          <span title={assignee} className={styles.owner}>
            <Avatar name={assignee} size={18} />
            <span className="sr-only">{assignee}</span>
          </span>
        )}
      </span>
    </div>
  )
})
