import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './fields.module.css'
import { PendingBar, RecordRows } from './RecordRows'
import { shownSections } from './useForm'
import { type RecordProps, useRecord } from './useRecord'
import { wordOf } from './values'

/** The fields of a record in the sections of the form that fits. */
export default function RecordFields(props: RecordProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const record = useRecord(props)
  if (record.fields.length === 0 || !record.form) return null
  return (
    <>
      {shownSections(record.form).map(({ title, keys }) => (
        <section
          key={keys.join()}
          className={styles.section}
          aria-label={wordOf(title, locale) || t('fields.section')}
        >
          {wordOf(title, locale) && <h3>{wordOf(title, locale)}</h3>}
          <dl className={styles.rows}>
            <RecordRows
              record={record}
              keys={keys}
              readOnly={props.readOnly || Boolean(props.past)}
            />
          </dl>
        </section>
      ))}
      <PendingBar record={record} />
    </>
  )
}
