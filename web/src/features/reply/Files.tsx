import { Paperclip, X } from 'lucide-react'
import { useRef } from 'react'
import type { Attachment } from '@/shared/api'
import { fileSize } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import styles from './Reply.module.css'
import type { Upload } from './useUploads'

export function Attach({ add }: { add: (files: Iterable<File>) => void }) {
  const { t } = useTranslation()
  const allowed = useCan('file:upload')
  const input = useRef<HTMLInputElement>(null)
  if (!allowed) return null
  return (
    <>
      <IconButton
        icon={Paperclip}
        label={t('reply.attach')}
        onClick={() => input.current?.click()}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('reply.attach')}
        onChange={(event) => {
          add([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </>
  )
}

interface Props {
  files: Attachment[]
  uploads: Upload[]
  remove: (id: string) => void
  cancel: (id: string) => void
}

export function FileStrip({ files, uploads, remove, cancel }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (files.length + uploads.length === 0) return null
  return (
    <ul className={styles.strip}>
      {files.map((file) => (
        <li key={file.id}>
          {file.content_type.startsWith('image/') && <img src={file.url} alt="" />}
          <span className="truncate">{file.name}</span>
          <small>{fileSize(file.size, locale)}</small>
          <IconButton
            icon={X}
            size="small"
            label={t('reply.remove', { name: file.name })}
            onClick={() => remove(file.id)}
          />
        </li>
      ))}
      {uploads.map((upload) => (
        <li key={upload.id}>
          <span className="truncate">{upload.name}</span>
          <progress value={upload.share} aria-label={t('reply.uploading', { name: upload.name })} />
          <IconButton
            icon={X}
            size="small"
            label={t('reply.remove', { name: upload.name })}
            onClick={() => cancel(upload.id)}
          />
        </li>
      ))}
    </ul>
  )
}
