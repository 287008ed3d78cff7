import { Sparkles } from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { useBuild } from '@/shared/version'
import styles from './Shell.module.css'

/** The server has a newer app. It is taken at the next free moment; this takes it now. */
export function NewVersion() {
  const { t } = useTranslation()
  const newer = useBuild((build) => build.newer)
  if (!newer) return null
  return (
    <div className={styles.banner} data-quiet role="status">
      <Sparkles size={14} aria-hidden="true" />
      {t('connection.newVersion')}
      <button type="button" className={styles.retry} onClick={() => window.location.reload()}>
        {t('connection.refresh')}
      </button>
    </div>
  )
}
