import { CloudOff } from 'lucide-react'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { OfflineBanner, useOfflineWords } from '@/features/offline'
import { useTranslation } from '@/shared/i18n'
import { shownAsOf, useReading } from '@/shared/offline'
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
  const online = useSyncExternalStore(subscribe, () => navigator.onLine)
  const lost = useConnection((connection) => connection.state === 'lost')
  const old = useReading((reading) => shownAsOf(reading) !== null)
  const [shown, setShown] = useState(false)
  const since = useSince(lost || !online)

  useEffect(() => {
    if (!lost) {
      setShown(false)
      return
    }
    const timer = setTimeout(() => setShown(true), 3000)
    return () => clearTimeout(timer)
  }, [lost])

  if (!online || shown || old) return <Cut online={online} since={since} />
  return <OfflineBanner className={styles.banner} button={styles.retry} />
}

/** The moment from which on what is shown may be old. */
function useSince(cut: boolean) {
  const [since, setSince] = useState(Date.now)
  useEffect(() => {
    if (cut) setSince(Date.now())
  }, [cut])
  return since
}

function Cut({ online, since }: { online: boolean; since: number }) {
  const { t } = useTranslation()
  const words = useOfflineWords(since)
  return (
    <div className={styles.banner} role="status">
      <CloudOff size={14} aria-hidden="true" />
      <span>
        {online ? t('connection.offline') : t('connection.noLine')} {words}
      </span>
      <button type="button" className={styles.retry} onClick={reconnectNow}>
        {t('connection.reconnect')}
      </button>
    </div>
  )
}
