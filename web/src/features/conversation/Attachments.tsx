import { Download, File, FileArchive, FileText, type LucideIcon } from 'lucide-react'
import type { Attachment } from '@/shared/api'
import { fileSize } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './Message.module.css'
import { isPicture } from './mail'
import { Picture } from './Picture'

const iconOf = (type: string): LucideIcon => {
  if (/zip|rar|7z|tar|gzip/.test(type)) return FileArchive
  return /pdf|text|word|sheet|document/.test(type) ? FileText : File
}

/** Pictures to look at, everything else to download. What the mail shows within its text is left out. */
export function Attachments({ files, shownInline }: { files: Attachment[]; shownInline: boolean }) {
  const listed = files.filter((file) => !(file.inline && file.content_id && shownInline))
  if (listed.length === 0) return null
  return (
    <ul className={styles.files}>
      {listed.map((file) => (
        <li key={file.id}>
          {isPicture(file) ? <Thumbnail file={file} /> : <Document file={file} />}
        </li>
      ))}
    </ul>
  )
}

function Thumbnail({ file }: { file: Attachment }) {
  const { t } = useTranslation()
  return (
    <span className={styles.picture}>
      <Picture file={file} />
      <a
        href={file.url}
        download={file.name}
        aria-label={t('message.download', { name: file.name })}
      >
        <Download size={13} aria-hidden="true" />
      </a>
    </span>
  )
}

function Document({ file }: { file: Attachment }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const Icon = iconOf(file.content_type)
  return (
    <a
      className={styles.file}
      href={file.url}
      download={file.name}
      aria-label={t('message.download', { name: file.name })}
    >
      <Icon size={18} aria-hidden="true" />
      <span className="truncate">{file.name}</span>
      <small>{fileSize(file.size, locale)}</small>
    </a>
  )
}
