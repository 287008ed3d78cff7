import { CloudOff } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useTranslation } from '@/shared/i18n'
import { reconnectNow, useConnection } from '@/shared/realtime'
import styles from './Shell.module.css'

function subscribe(onChange: () => void) {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
}

/** Says so when what is on screen may be old. A blink of the line is not worth a banner. */
export function ConnectionBanner() {
  const { t } = useTranslation()
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const lost = useConnection((connection) => connection.state === 'lost')
  const [shown, setShown] = useState(false)

  useEffect(() => {
    if (!lost) {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), 3000)
    return () => clearTimeout(timer)
  }, [lost])

  if (online && !shown) return null
  return (
    <div className={styles.banner} role="status">
      <CloudOff size={14} aria-hidden="true" />
      {online ? t('connection.offline') : t('connection.browserOffline')}
      <button type="button" className={styles.retry} onClick={reconnectNow}>
        {t('connection.reconnect')}
      </button>
    </div>
  )
}
