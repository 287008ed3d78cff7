import { useQuery } from '@tanstack/react-query'
import { type Condition, fieldsQuery } from '@/shared/api'
import { useLocale } from '@/shared/i18n'
import { describe } from './describe'
import { useNames } from './useNames'
import styles from './views.module.css'

/** A condition in words. */
export function ConditionSummary({ condition }: { condition: Condition }) {
  const locale = useLocale()
  const names = useNames()
  const { data } = useQuery(fieldsQuery)
  if (!data) return null
  return (
    <p className={styles.summary} aria-live="polite">
      {describe(condition, data.fields, names, locale)}
    </p>
  )
}
