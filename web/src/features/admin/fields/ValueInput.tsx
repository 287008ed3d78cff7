import { Input, InputNumber, Select } from 'antd'
import { choicesOf } from '@/features/fields'
import type { CustomField } from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'

interface Props {
  /** Without one it is something of the ticket. */
  field: CustomField | undefined
  takes: 'one' | 'many' | 'two' | 'none'
  value: unknown
  change: (value: unknown) => void
}
const listed = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** A value that a field is compared with: chosen where there is a list, else typed. */
export function ValueInput({ field, takes, value, change }: Props) {
  if (takes === 'none') return <span />
  if (takes === 'two') {
    const [from, to] = listed(value)
    return (
      <span style={{ display: 'flex', gap: 4 }}>
        <One field={field} value={from} change={(next) => change([next, to])} />
        <One field={field} value={to} change={(next) => change([from, next])} />
      </span>
    )
  }
  if (takes === 'many') return <Many field={field} value={value} change={change} />
  return <One field={field} value={value} change={change} />
}

type OneProps = Omit<Props, 'takes'>

function Many({ field, value, change }: OneProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const choices = field ? choicesOf(field, locale) : []
  return (
    <Select
      mode={choices.length > 0 ? 'multiple' : 'tags'}
      aria-label={t('fields.rules.value')}
      value={listed(value).map(String)}
      options={choices}
      popupMatchSelectWidth={false}
      onChange={change}
    />
  )
}

const kindOf = (field: CustomField | undefined) =>
  field?.type === 'formula' ? (field.config.result ?? 'number') : field?.type

function One(props: OneProps) {
  const kind = kindOf(props.field)
  if (kind === 'checkbox' || (props.field?.options.length ?? 0) > 0) return <Chosen {...props} />
  return <Typed {...props} kind={kind} />
}

function Chosen({ field, value, change }: OneProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const label = t('fields.rules.value')
  if (kindOf(field) === 'checkbox') {
    return (
      <Select
        aria-label={label}
        value={value === undefined ? undefined : value === true ? 'yes' : 'no'}
        options={(['yes', 'no'] as const).map((one) => ({ value: one, label: t(`fields.${one}`) }))}
        onChange={(next) => change(next === 'yes')}
      />
    )
  }
  return (
    <Select
      aria-label={label}
      value={typeof value === 'string' ? value : undefined}
      options={field ? choicesOf(field, locale) : []}
      popupMatchSelectWidth={false}
      onChange={change}
    />
  )
}

function Typed({ kind, value, change }: OneProps & { kind: string | undefined }) {
  const { t } = useTranslation()
  const label = t('fields.rules.value')
  if (kind === 'number' || kind === 'money') {
    return (
      <InputNumber
        aria-label={label}
        value={typeof value === 'number' ? value : null}
        onChange={change}
      />
    )
  }
  const text = typeof value === 'string' ? value : ''
  if (kind === 'datetime') {
    return (
      <Input
        type="datetime-local"
        aria-label={label}
        value={text.slice(0, 16)}
        onChange={(event) => change(`${event.target.value}:00Z`)}
      />
    )
  }
  return (
    <Input
      type={kind === 'date' ? 'date' : 'text'}
      aria-label={label}
      value={text}
      onChange={(event) => change(event.target.value)}
    />
  )
}
