import { lazy, Suspense } from 'react'
import { useTranslation } from '@/shared/i18n'
import { useMe } from '@/shared/session'
import { Avatar, Popup } from '@/shared/ui'
import styles from './Shell.module.css'

const UserPanel = lazy(() => import('./UserPanel'))

export function UserMenu({ onPhone = false }: { onPhone?: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Popup
      className={onPhone ? styles.item : styles.me}
      tour="me"
      label={`${onPhone ? `${t('nav.more')}, ` : ''}${me.agent.name}, ${t(`presence.${me.presence.state}`)}`}
      button={
        <>
          <Avatar
            name={me.agent.name}
            url={me.agent.avatar_url}
            size={onPhone ? 22 : 32}
            state={me.presence.state}
          />
          {onPhone && t('nav.more')}
        </>
      }
    >
      {(close) => (
        <Suspense fallback={null}>
          <UserPanel close={close} places={onPhone} />
        </Suspense>
      )}
    </Popup>
  )
}
