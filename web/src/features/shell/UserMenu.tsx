import { lazy, Suspense } from 'react'
import { useTranslation } from '@/shared/i18n'
import { useMe } from '@/shared/session'
import { Avatar, Popup } from '@/shared/ui'
import styles from './Shell.module.css'

const UserPanel = lazy(() => import('./UserPanel'))

export function UserMenu({ withLabel = false }: { withLabel?: boolean }) {
  const { t } = useTranslation()
  const me = useMe()
  return (
    <Popup
      className={withLabel ? styles.item : styles.me}
      label={`${me.agent.name}, ${t(`presence.${me.presence.state}`)}`}
      button={
        <>
          <Avatar
            name={me.agent.name}
            url={me.agent.avatar_url}
            size={withLabel ? 22 : 32}
            state={me.presence.state}
          />
          {withLabel && t('nav.me')}
        </>
      }
    >
      {(close) => (
        <Suspense fallback={null}>
          <UserPanel close={close} />
        </Suspense>
      )}
    </Popup>
  )
}
