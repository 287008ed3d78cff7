import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { BellOff, FlaskConical, UserCheck } from 'lucide-react'
import { type Notification, notificationsQuery, readNotifications } from '@/shared/api'
import { waitingApprovalsQuery } from '@/shared/api/tasks'
import { useTranslation } from '@/shared/i18n'
import { Avatar, Empty, ErrorState, Skeleton, Time } from '@/shared/ui'
import styles from './Notifications.module.css'

export default function NotificationList({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { data, error, isPending, refetch } = useQuery(notificationsQuery)

  async function markRead(which: Parameters<typeof readNotifications>[0]) {
    const all = 'all' in which
    client.setQueryData(notificationsQuery.queryKey, (old) => {
      if (!old) return old
      const items = old.items.map((item) =>
        all || which.ids.includes(item.id) ? { ...item, read: true } : item,
      )
      return { ...old, items, unread: items.filter((item) => !item.read).length }
    })
    await readNotifications(which).catch(() => undefined)
    await client.invalidateQueries({ queryKey: notificationsQuery.queryKey })
  }

  return (
    <section className={styles.panel} aria-label={t('notifications.title')}>
      <header>
        <h2>{t('notifications.title')}</h2>
        {Boolean(data?.unread) && (
          <Button type="link" size="small" onClick={() => markRead({ all: true })}>
            {t('notifications.readAll')}
          </Button>
        )}
      </header>
      <Waiting close={close} />
      {isPending && <Skeleton lines={5} />}
      {error && <ErrorState error={error} retry={refetch} />}
      {data?.items.length === 0 && (
        <Empty
          icon={BellOff}
          title={t('notifications.empty')}
          hint={t('notifications.emptyHint')}
        />
      )}
      <ul>
        {data?.items.map((item) => (
          <Row
            key={item.id}
            item={item}
            open={() => {
              close()
              if (!item.read) void markRead({ ids: [item.id] })
            }}
          />
        ))}
      </ul>
    </section>
  )
}

/** A ticket, or what else a notice is about. */
const placeOf = ({ ticket_id, link }: Notification) =>
  ticket_id === null
    ? { to: link ?? '/inbox' }
    : { to: '/inbox', search: { view: 'all', ticket: ticket_id } }

function Row({ item, open }: { item: Notification; open: () => void }) {
  const { t } = useTranslation()
  const actor = item.actor?.name ?? t('common.system')
  return (
    <li>
      <Link {...placeOf(item)} className={styles.row} data-unread={!item.read} onClick={open}>
        {item.ticket_id === null ? (
          <FlaskConical size={20} aria-hidden="true" />
        ) : (
          <Avatar name={actor} size={28} />
        )}
        <span className={styles.words}>
          <strong>{t(`notifications.${item.kind}`, { actor, defaultValue: actor })}</strong>
          <span>
            {item.ticket_number !== null && `#${item.ticket_number} `}
            {item.text}
          </span>
        </span>
        <Time at={item.at} />
        {!item.read && <span className="sr-only">{t('list.unread')}</span>}
      </Link>
    </li>
  )
}

/** What waits for one's own approval stands above what has merely happened. */
function Waiting({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery(waitingApprovalsQuery)
  if (data.length === 0) return null
  return (
    <section aria-label={t('notifications.waiting')} className={styles.waiting}>
      <h3>{t('notifications.waiting')}</h3>
      <ul>
        {data.map((one) => (
          <li key={one.item_id}>
            <Link
              to="/inbox"
              search={{ view: 'all', ticket: one.ticket_id }}
              className={styles.row}
              onClick={close}
            >
              <UserCheck size={18} aria-hidden="true" />
              <span className={styles.words}>
                <strong>{one.text}</strong>
                <span>
                  #{one.ticket_number} {one.ticket_subject}
                </span>
              </span>
              <Time at={one.due_at ?? one.asked_at} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  )
}
