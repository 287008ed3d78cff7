import { useQuery } from '@tanstack/react-query'
import { Bell } from 'lucide-react'
import { lazy, Suspense, useEffect } from 'react'
import { notificationsQuery } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Popup } from '@/shared/ui'
import styles from './Shell.module.css'

const NotificationList = lazy(() => import('./NotificationList'))

export function NotificationBell({ withLabel = false }: { withLabel?: boolean }) {
  const { t } = useTranslation()
  const { data } = useQuery(notificationsQuery)
  const unread = data?.unread ?? 0
  const some = unread ? `, ${t('notifications.unread', { count: unread })}` : ''

  useEffect(() => {
    void navigator.setAppBadge?.(unread).catch(() => undefined)
    document.title = `${unread ? `(${unread}) ` : ''}${t('app.name')} Yizhan`
  }, [unread, t])

  return (
    <Popup
      className={styles.item}
      label={`${t('nav.notifications')}${some}`}
      button={
        <>
          <Bell size={19} strokeWidth={1.8} aria-hidden="true" />
          {withLabel && t('nav.notifications')}
          {unread > 0 && (
            <span className={styles.count} aria-hidden="true">
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </>
      }
    >
      {(close) => (
        <Suspense fallback={null}>
          <NotificationList close={close} />
        </Suspense>
      )}
    </Popup>
  )
}
