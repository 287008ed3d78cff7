import { useEffect, useState } from 'react'
import { useTranslation } from '../i18n'
import styles from './states.module.css'

/** True only after a while: what is quick shows no placeholder at all. */
export function useDelayed(after = 300) {
  const [passed, setPassed] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setPassed(true), after)
    return () => clearTimeout(timer)
  }, [after])
  return passed
}

const widths = ['62%', '88%', '45%', '74%', '56%', '81%', '38%', '67%']

export function Skeleton({ lines = 6 }: { lines?: number }) {
  const { t } = useTranslation()
  if (!useDelayed()) return null
  return (
    <div className={styles.skeleton} role="status" aria-label={t('common.loading')}>
      {Array.from({ length: lines }, (_, at) => widths[at % widths.length]).map((width, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change places
        <div key={at} className={styles.line} style={{ width }} />
      ))}
    </div>
  )
}
