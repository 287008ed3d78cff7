import { App, Button } from 'antd'
import { Paperclip, X } from 'lucide-react'
import { useRef, useState } from 'react'
import { uploadFile } from '@/shared/api'
import { useLocale, useTranslation } from '@/shared/i18n'
import { errorText, IconButton } from '@/shared/ui'
import type { ControlProps } from './Control'
import styles from './fields.module.css'
import { useLabels } from './useLabels'
import { listed, wordOf } from './values'

/** Files of a field: uploaded at once, kept with the record when it is saved. */
export function Files({ field, value, change, disabled }: ControlProps) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const name = wordOf(field.name, useLocale(), field.key)
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  const labels = useLabels(field, value)
  const ids = listed(value)
  const several = field.config.multiple === true
  const put = (next: string[]) => change(several ? (next.length ? next : null) : (next[0] ?? null))

  async function add(files: FileList | null) {
    const file = files?.[0]
    if (!file) return
    setBusy(true)
    try {
      const { id } = await uploadFile(file, () => undefined)
      put(several ? [...ids, id] : [id])
    } catch (error) {
      message.error(errorText(t, error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <div className={styles.files}>
      {ids.map((id) => (
        <span key={id} className={styles.file}>
          <a href={`/api/v1/files/${id}`} target="_blank" rel="noreferrer">
            {labels.get(id) ?? id}
          </a>
          {!disabled && (
            <IconButton
              icon={X}
              label={t('fields.remove', { name: labels.get(id) ?? id })}
              onClick={() => put(ids.filter((other) => other !== id))}
            />
          )}
        </span>
      ))}
      {!disabled && (several || ids.length === 0) && (
        <Button
          size="small"
          icon={<Paperclip size={14} />}
          loading={busy}
          aria-label={`${name}: ${t('fields.upload')}`}
          onClick={() => input.current?.click()}
        >
          {t('fields.upload')}
        </Button>
      )}
      <input
        ref={input}
        type="file"
        hidden
        aria-label={`${name}: ${t('fields.upload')}`}
        onChange={(event) => void add(event.target.files)}
      />
    </div>
  )
}
