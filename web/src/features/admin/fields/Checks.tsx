import { Form, Input, InputNumber, Select } from 'antd'
import type { ReactNode } from 'react'
import type { FieldType } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { SwitchField, Two } from '@/shared/page'

const texts: FieldType[] = ['text', 'long_text']
const numbers: FieldType[] = ['number', 'money']
const days: FieldType[] = ['date', 'datetime']

/** What only some types know: lengths, ranges, currencies, targets, formulas. */
export function Checks({ type }: { type: FieldType }) {
  const { t } = useTranslation()
  return (
    <>
      {texts.includes(type) && (
        <>
          <Two>
            <Item name="min_length" label={t('fields.admin.minLength')}>
              <InputNumber min={0} max={20000} style={{ width: '100%' }} />
            </Item>
            <Item name="max_length" label={t('fields.admin.maxLength')}>
              <InputNumber min={1} max={20000} style={{ width: '100%' }} />
            </Item>
          </Two>
          <Item
            name="pattern"
            label={t('fields.admin.pattern')}
            hint={t('fields.admin.patternHint')}
          >
            <Input maxLength={200} />
          </Item>
        </>
      )}
      {numbers.includes(type) && (
        <Two>
          <Item name="min" label={t('fields.admin.min')}>
            <Input inputMode="decimal" />
          </Item>
          <Item name="max" label={t('fields.admin.max')}>
            <Input inputMode="decimal" />
          </Item>
        </Two>
      )}
      {days.includes(type) && (
        <Two>
          <Item name="earliest" label={t('fields.admin.earliest')}>
            <Input type="date" />
          </Item>
          <Item name="latest" label={t('fields.admin.latest')}>
            <Input type="date" />
          </Item>
        </Two>
      )}
      <Special type={type} />
    </>
  )
}

function Special({ type }: { type: FieldType }) {
  const { t } = useTranslation()
  const result = Form.useWatch(['config', 'result'])
  const money = type === 'money' || (type === 'formula' && result === 'money')
  return (
    <>
      {type === 'number' && (
        <Item name="decimals" label={t('fields.admin.decimals')}>
          <InputNumber min={0} max={8} />
        </Item>
      )}
      {type === 'tree' && <Switched name="leaf_only" label={t('fields.admin.leafOnly')} />}
      {type === 'relation' && (
        <Item name="target" label={t('fields.admin.target')} needed>
          <Select
            options={(['ticket', 'customer', 'company'] as const).map((value) => ({
              value,
              label: t(`fields.objects.${value}`),
            }))}
          />
        </Item>
      )}
      {(type === 'relation' || type === 'file') && (
        <Switched name="multiple" label={t('fields.admin.multiple')} />
      )}
      {type === 'formula' && (
        <>
          <Item
            name="formula"
            label={t('fields.admin.formula')}
            hint={t('fields.admin.formulaHint')}
            needed
          >
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={2000} />
          </Item>
          <Item name="result" label={t('fields.admin.result')}>
            <Select
              placeholder={t('fields.types.number')}
              options={(['number', 'money', 'text', 'date', 'datetime', 'checkbox'] as const).map(
                (value) => ({ value, label: t(`fields.types.${value}`) }),
              )}
            />
          </Item>
        </>
      )}
      {money && (
        <Item name="currencies" label={t('fields.admin.currencies')}>
          <Select
            mode="tags"
            tokenSeparators={[',', ' ']}
            options={['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP'].map((value) => ({ value }))}
          />
        </Item>
      )}
    </>
  )
}

interface ItemProps {
  name: string
  label: string
  hint?: string
  needed?: boolean
  children: ReactNode
}

function Item({ name, label, hint, needed, children }: ItemProps) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={['config', name]}
      label={label}
      extra={hint}
      rules={needed ? [{ required: true, message: t('common.required') }] : undefined}
    >
      {children}
    </Form.Item>
  )
}

const Switched = ({ name, label }: { name: string; label: string }) => (
  <Form.Item name={['config', name]} valuePropName="checked">
    <SwitchField label={label} />
  </Form.Item>
)
