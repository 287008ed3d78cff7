import { Checkbox, Input, InputNumber, Select, Space } from 'antd'
import { useEffect, useState } from 'react'
import type { CustomField, FieldState } from '@/shared/api/fields'
import { matchesName } from '@/shared/format'
import { composing } from '@/shared/hotkeys'
import { useLocale, useTranslation } from '@/shared/i18n'
import { UserPicker } from '@/shared/ui'
import { Files } from './Files'
import { Relation } from './Relation'
import { choicesOf, isMoney, listed, wordOf } from './values'

export interface ControlProps {
  field: CustomField
  state?: FieldState
  value: unknown
  change: (value: unknown) => void
  disabled?: boolean
  id?: string
}

/** The input of a field. It tells a change when one leaves it, or chooses. */
export function Control(props: ControlProps) {
  switch (props.field.type) {
    case 'number':
      return <NumberInput {...props} />
    case 'money':
      return <MoneyInput {...props} />
    case 'date':
    case 'datetime':
      return <TimeInput {...props} />
    case 'choice':
    case 'tree':
    case 'multi_choice':
      return <Choices {...props} />
    case 'person':
      return <Person {...props} />
    case 'relation':
      return <Relation {...props} />
    case 'file':
      return <Files {...props} />
    case 'checkbox':
      return <Tick {...props} />
    default:
      return <TextInput {...props} />
  }
}

const useName = (field: CustomField) => wordOf(field.name, useLocale(), field.key)

function TextInput({ field, value, change, disabled, id }: ControlProps) {
  const stored = typeof value === 'string' ? value : ''
  const [typed, setTyped] = useState(stored)
  useEffect(() => setTyped(stored), [stored])
  const tell = () => {
    if (typed !== stored) change(typed.trim() ? typed : null)
  }
  const shared = {
    id,
    'aria-label': useName(field),
    value: typed,
    disabled,
    maxLength: field.config.max_length ?? undefined,
    onBlur: tell,
  }
  if (field.type === 'long_text') {
    return (
      <Input.TextArea
        {...shared}
        autoSize={{ minRows: 2, maxRows: 10 }}
        onChange={(event) => setTyped(event.target.value)}
      />
    )
  }
  return (
    <Input
      {...shared}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !composing(event)) tell()
        if (event.key === 'Escape') setTyped(stored)
      }}
    />
  )
}

function NumberInput({ field, value, change, disabled, id }: ControlProps) {
  const stored = typeof value === 'number' ? value : null
  const [typed, setTyped] = useState<number | null>(stored)
  useEffect(() => setTyped(stored), [stored])
  const tell = () => {
    if (typed !== stored) change(typed)
  }
  return (
    <InputNumber
      id={id}
      aria-label={useName(field)}
      style={{ width: '100%' }}
      value={typed}
      disabled={disabled}
      onChange={(next) => setTyped(typeof next === 'number' ? next : null)}
      onBlur={tell}
      onPressEnter={tell}
    />
  )
}

function MoneyInput({ field, value, change, disabled, id }: ControlProps) {
  const { t } = useTranslation()
  const name = useName(field)
  const known = field.config.currencies ?? []
  const stored = isMoney(value) ? value : null
  const currency = stored?.currency ?? known[0] ?? 'CNY'
  const [amount, setAmount] = useState<string | null>(stored?.amount ?? null)
  const storedAmount = stored?.amount ?? null
  useEffect(() => setAmount(storedAmount), [storedAmount])
  const tell = (next: string) => {
    if (amount === storedAmount && next === currency) return
    change(amount === null || amount === '' ? null : { amount, currency: next })
  }
  return (
    <Space.Compact block>
      <InputNumber<string>
        id={id}
        stringMode
        aria-label={name}
        style={{ width: '100%' }}
        value={amount}
        disabled={disabled}
        onChange={setAmount}
        onBlur={() => tell(currency)}
        onPressEnter={() => tell(currency)}
      />
      <Select
        aria-label={`${name} · ${t('fields.currency')}`}
        style={{ width: 88 }}
        value={currency}
        disabled={disabled}
        options={(known.length > 0 ? known : common).map((code) => ({ value: code, label: code }))}
        onChange={tell}
      />
    </Space.Compact>
  )
}
const common = ['CNY', 'USD', 'EUR', 'HKD', 'JPY', 'GBP']

/** The browser's own picker: it knows the keyboard, the language and small screens. */
function TimeInput({ field, value, change, disabled, id }: ControlProps) {
  const withTime = field.type === 'datetime'
  const stored = typeof value === 'string' ? (withTime ? local(value) : value) : ''
  const [typed, setTyped] = useState(stored)
  useEffect(() => setTyped(stored), [stored])
  const tell = () => {
    if (typed === stored) return
    change(typed ? (withTime ? new Date(typed).toISOString() : typed) : null)
  }
  return (
    <Input
      id={id}
      type={withTime ? 'datetime-local' : 'date'}
      aria-label={useName(field)}
      value={typed}
      disabled={disabled}
      min={field.config.earliest ?? undefined}
      max={field.config.latest ?? undefined}
      onChange={(event) => setTyped(event.target.value)}
      onBlur={tell}
      onKeyDown={(event) => {
        if (event.key === 'Enter') tell()
      }}
    />
  )
}
/** A moment as the input of the browser takes it: the wall clock here. */
const local = (value: string) => {
  const at = new Date(value)
  if (Number.isNaN(at.getTime())) return ''
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

function Choices({ field, state, value, change, disabled, id }: ControlProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const several = field.type === 'multi_choice'
  const chosen = listed(value)
  return (
    <Select<string | string[]>
      id={id}
      aria-label={useName(field)}
      style={{ width: '100%' }}
      mode={several ? 'multiple' : undefined}
      value={several ? chosen : chosen[0]}
      disabled={disabled}
      allowClear
      placeholder={t('fields.choose')}
      popupMatchSelectWidth={false}
      options={choicesOf(field, locale, state?.options ?? null, chosen)}
      showSearch={{
        filterOption: (typed, option) => matchesName(String(option?.label ?? ''), typed),
      }}
      onChange={(next) => change(next === undefined || next.length === 0 ? null : next)}
    />
  )
}

function Person({ field, value, change, disabled }: ControlProps) {
  const { t } = useTranslation()
  return (
    <UserPicker
      value={typeof value === 'string' ? value : null}
      disabled={disabled}
      label={useName(field)}
      empty={t('fields.choose')}
      onChange={change}
    />
  )
}

function Tick({ field, value, change, disabled, id }: ControlProps) {
  const { t } = useTranslation()
  const name = useName(field)
  return (
    <Checkbox
      id={id}
      aria-label={name}
      checked={value === true}
      disabled={disabled}
      onChange={(event) => change(event.target.checked)}
    >
      {value === true ? t('fields.yes') : t('fields.no')}
    </Checkbox>
  )
}
