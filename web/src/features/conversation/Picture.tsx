import { lazy, Suspense, useState } from 'react'
import type { Attachment } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import styles from './Message.module.css'

const FullView = lazy(() => import('./FullView'))

/** A picture that opens in full; the viewer with its tools is loaded by the first look. */
export function Picture({ file }: { file: Attachment }) {
  const { t } = useTranslation()
  const [look, setLook] = useState<'never' | 'open' | 'closed'>('never')
  return (
    <>
      <button
        type="button"
        className={styles.look}
        aria-label={t('message.preview', { name: file.name })}
        onClick={() => setLook('open')}
      >
        <img src={file.url} alt={file.name} loading="lazy" />
      </button>
      {look !== 'never' && (
        <Suspense fallback={null}>
          <FullView file={file} open={look === 'open'} close={() => setLook('closed')} />
        </Suspense>
      )}
    </>
  )
}
