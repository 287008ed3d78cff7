import { useQuery } from '@tanstack/react-query'
import { InputNumber, Select } from 'antd'
import type { PriorityWeights } from '@/shared/api/assignment'
import { fieldsQuery } from '@/shared/api/fields'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import styles from './priority.module.css'

interface Props {
  weights: PriorityWeights
  change: (part: Partial<PriorityWeights>) => void
}

/** What customers are worth: VIPs, and by a choice field of their company. */
export function PriorityTiers({ weights, change }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: fields = [] } = useQuery(fieldsQuery('company'))
  const choices = fields.filter((field) => field.type === 'choice' && field.active)
  const field = choices.find((one) => one.key === weights.tier_field)
  const tiers = weights.tiers ?? []
  const worth = (value: string) => tiers.find((tier) => tier.value === value)?.percent ?? 0
  const set = (value: string, percent: number) =>
    change({ tiers: [...tiers.filter((tier) => tier.value !== value), { value, percent }] })
  return (
    <Card title={t('assignment.priority.customers')}>
      <Percent
        name={t('assignment.priority.vip')}
        value={weights.vip ?? 100}
        set={(vip) => change({ vip })}
      />
      {choices.length > 0 && (
        <div className={styles.row}>
          <span>{t('assignment.priority.tierField')}</span>
          <Select
            aria-label={t('assignment.priority.tierField')}
            value={weights.tier_field ?? ''}
            options={[
              { value: '', label: t('assignment.priority.noTier') },
              ...choices.map((one) => ({
                value: one.key,
                label: localized(one.name, locale, one.key),
              })),
            ]}
            onChange={(key: string) => change({ tier_field: key || null, tiers: [] })}
            style={{ minWidth: 160 }}
          />
        </div>
      )}
      {field?.options
        .filter((option) => option.active !== false)
        .map((option) => (
          <Percent
            key={option.id}
            name={localized(option.name, locale, option.id)}
            value={worth(option.id)}
            set={(percent) => set(option.id, percent)}
          />
        ))}
    </Card>
  )
}

function Percent(props: { name: string; value: number; set: (value: number) => void }) {
  const { t } = useTranslation()
  return (
    <div className={styles.row}>
      <span>{props.name}</span>
      <InputNumber
        aria-label={props.name}
        min={0}
        max={100}
        suffix={t('assignment.priority.percent')}
        value={props.value}
        onChange={(value) => props.set(value ?? 0)}
      />
    </div>
  )
}
