import { useQuery } from '@tanstack/react-query'
import { Popover } from 'antd'
import { Bell } from 'lucide-react'
import { lazy, Suspense, useEffect, useState } from 'react'
import { notificationsQuery } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import styles from './Shell.module.css'

const NotificationList = lazy(() => import('./NotificationList'))

export function NotificationBell({
  className,
  withLabel = false,
}: {
  className?: string
  withLabel?: boolean
}) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { data } = useQuery(notificationsQuery)
  const unread = data?.unread ?? 0

  useEffect(() => {
    document.title = `${unread ? `(${unread}) ` : ''}${t('app.name')} Yizhan`
  }, [unread, t])

  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      trigger="click"
      placement={withLabel ? 'topRight' : 'rightBottom'}
      arrow={false}
      styles={{ container: { padding: 0 } }}
      content={
        <Suspense fallback={null}>
          <NotificationList close={() => setOpen(false)} />
        </Suspense>
      }
    >
      <button
        type="button"
        className={className}
        aria-expanded={open}
        aria-label={`${t('nav.notifications')}${unread ? `, ${t('notifications.unread', { count: unread })}` : ''}`}
      >
        <Bell size={19} strokeWidth={1.8} aria-hidden="true" />
        {withLabel && t('nav.notifications')}
        {unread > 0 && (
          <span className={styles.count} aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
      </button>
    </Popover>
  )
}
