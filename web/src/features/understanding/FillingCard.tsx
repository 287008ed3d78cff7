import { useQuery } from '@tanstack/react-query'
import { Select, Switch } from 'antd'
import { fieldsQuery } from '@/shared/api/fields'
import type { Understanding } from '@/shared/api/understanding'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import styles from './settings.module.css'
import { Threshold } from './Threshold'
import type { Save } from './UnderstandingPage'

/** Whether the category goes into a field by itself, and how sure it must be. */
export function FillingCard({ settings, save }: { settings: Understanding; save: Save }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { filling } = settings
  const { data = [], isPending } = useQuery(fieldsQuery('ticket'))
  const fields = data
    .filter(({ type, active }) => active && (type === 'tree' || type === 'choice'))
    .map(({ key, name }) => ({ value: key, label: localized({ ...name }, locale, key) }))
  const put = (change: Partial<typeof filling>) => save({ filling: { ...filling, ...change } })
  const has = fields.length > 0
  return (
    <Card
      title={t('signals.settings.filling')}
      hint={t('signals.settings.fillingHint')}
      actions={
        <label className={styles.switch}>
          {t('signals.settings.fillingOn')}
          <Switch
            checked={filling.on ?? false}
            disabled={!has || (!filling.on && !filling.field)}
            onChange={(on) => put({ on })}
          />
        </label>
      }
    >
      {has || isPending ? (
        <div className={styles.form}>
          <Select
            aria-label={t('signals.settings.field')}
            placeholder={t('signals.settings.field')}
            loading={isPending}
            value={filling.field ?? undefined}
            options={fields}
            onChange={(field: string) => put({ field })}
          />
          <div className={styles.line}>
            <span>{t('signals.settings.threshold')}</span>
            <Threshold
              label={`${t('signals.settings.filling')}: ${t('signals.settings.threshold')}`}
              value={filling.threshold ?? 0.9}
              disabled={!filling.on}
              save={(threshold) => put({ threshold })}
            />
          </div>
        </div>
      ) : (
        <p className={styles.hint}>{t('signals.settings.noField')}</p>
      )}
    </Card>
  )
}
