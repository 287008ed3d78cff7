import { Button, Checkbox, Input, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { choicesOf } from '@/features/fields'
import type { CustomField, FieldEffect } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './fields.module.css'
import { doingsOf } from './tests'
import { useSentence } from './useSentence'
import { ValueInput } from './ValueInput'

interface Props {
  value?: FieldEffect[]
  onChange?: (effects: FieldEffect[]) => void
  fields: CustomField[]
}

/** What a rule does while it holds. */
export function EffectsEditor({ value = [], onChange, fields }: Props) {
  const { t } = useTranslation()
  const { name } = useSentence(fields)
  const set = (place: number, effect: FieldEffect) =>
    onChange?.(value.map((one, at) => (at === place ? effect : one)))
  return (
    <div className={styles.options}>
      {value.map((effect, place) => {
        const field = fields.find((one) => one.key === effect.field)
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: effects have no identity of their own
          <div key={place} className={styles.test}>
            <Select
              aria-label={t('fields.rules.so')}
              value={effect.do}
              options={doingsOf(field).map((one) => ({
                value: one,
                label: t(`fields.rules.doing.${one}`),
              }))}
              onChange={(next) => set(place, { do: next, field: effect.field })}
            />
            <Select
              aria-label={t('fields.rules.field')}
              value={effect.field}
              popupMatchSelectWidth={false}
              options={fields.map(({ key }) => ({ value: key, label: name(key) }))}
              onChange={(key) => set(place, { do: 'show', field: key })}
            />
            <With effect={effect} field={field} change={(next) => set(place, next)} />
            <IconButton
              icon={X}
              label={t('fields.remove', { name: name(effect.field) })}
              onClick={() => onChange?.(value.filter((_, at) => at !== place))}
            />
          </div>
        )
      })}
      <span>
        <Button
          size="small"
          icon={<Plus size={14} />}
          onClick={() => onChange?.([...value, { do: 'show', field: fields[0]?.key ?? '' }])}
        >
          {t('fields.rules.addEffect')}
        </Button>
      </span>
    </div>
  )
}

interface WithProps {
  effect: FieldEffect
  field: CustomField | undefined
  change: (effect: FieldEffect) => void
}

/** What it is filled with, limited to or computed by. */
function With({ effect, field, change }: WithProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (effect.do === 'fill') {
    return (
      <span className={styles.options}>
        {field?.type === 'money' ? (
          <MoneyInput effect={effect} field={field} change={change} />
        ) : (
          <ValueInput
            field={field}
            takes={field?.type === 'multi_choice' ? 'many' : 'one'}
            value={effect.value}
            change={(value) => change({ ...effect, value })}
          />
        )}
        <Checkbox
          checked={effect.only_empty === true}
          onChange={(event) => change({ ...effect, only_empty: event.target.checked })}
        >
          {t('fields.rules.onlyEmpty')}
        </Checkbox>
      </span>
    )
  }
  if (effect.do === 'limit') {
    return (
      <Select
        mode="multiple"
        aria-label={t('fields.admin.options')}
        value={[...(effect.options ?? [])]}
        options={field ? choicesOf(field, locale) : []}
        popupMatchSelectWidth={false}
        onChange={(options) => change({ ...effect, options })}
      />
    )
  }
  if (effect.do === 'compute') {
    return (
      <Input
        aria-label={t('fields.admin.formula')}
        value={effect.formula ?? ''}
        maxLength={2000}
        onChange={(event) => change({ ...effect, formula: event.target.value })}
      />
    )
  }
  return <span />
}

function MoneyInput({ effect, field, change }: WithProps) {
  const { t } = useTranslation()
  const stored = effect.value as { amount?: string } | undefined
  const currency = field?.config.currencies?.[0] ?? 'CNY'
  return (
    <Input
      aria-label={t('fields.rules.value')}
      inputMode="decimal"
      suffix={currency}
      value={stored?.amount ?? ''}
      onChange={(event) => change({ ...effect, value: { amount: event.target.value, currency } })}
    />
  )
}
