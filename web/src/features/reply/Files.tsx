import { Image, type LucideIcon, Paperclip, X } from 'lucide-react'
import { useRef } from 'react'
import type { Attachment } from '@/shared/api'
import { fileSize } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import styles from './Reply.module.css'
import type { Upload } from './useUploads'

interface AttachProps {
  add: (files: Iterable<File>) => void
  /** Into the text, where the text can carry pictures. */
  addPictures?: (files: Iterable<File>) => void
}

export function Attach({ add, addPictures }: AttachProps) {
  const { t } = useTranslation()
  const allowed = useCan('file:upload')
  if (!allowed) return null
  return (
    <>
      <Pick icon={Paperclip} label={t('reply.attach')} take={add} />
      {addPictures && (
        <Pick
          icon={Image}
          label={t('reply.image')}
          accept="image/png,image/jpeg,image/gif,image/webp"
          take={addPictures}
        />
      )}
    </>
  )
}

interface PickProps {
  icon: LucideIcon
  label: string
  accept?: string
  take: (files: Iterable<File>) => void
}

function Pick({ icon, label, accept, take }: PickProps) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <IconButton icon={icon} label={label} onClick={() => input.current?.click()} />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        accept={accept}
        aria-label={label}
        onChange={(event) => {
          take([...(event.target.files ?? [])])
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
