import type { CustomField } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useZone } from '@/shared/ui'
import styles from './fields.module.css'
import { useLabels } from './useLabels'
import { listed, readValue } from './values'

/** A value in words; files are links. */
export function Readable({ field, value }: { field: CustomField; value: unknown }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const names = useLabels(field, value)
  if (field.type === 'file' && value) {
    return (
      <span className={styles.value}>
        {listed(value).map((id) => (
          <a key={id} href={`/api/v1/files/${id}`} target="_blank" rel="noreferrer">
            {names.get(id) ?? id}{' '}
          </a>
        ))}
      </span>
    )
  }
  const words = { yes: t('fields.yes'), no: t('fields.no'), empty: t('fields.empty') }
  const text = readValue(field, value, { locale, zone, names, ...words })
  const title = field.type === 'formula' ? t('fields.computed') : undefined
  return (
    <span
      className={text === words.empty ? `${styles.value} ${styles.faint}` : styles.value}
      title={title}
    >
      {text}
    </span>
  )
}
