import { DatePicker, Input, InputNumber, Select, Space } from 'antd'
import dayjs from 'dayjs'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import type { AskedField } from './tree'
import { useChoices } from './useChoices'
import { type FoundKind, useFound } from './useFound'
import styles from './views.module.css'

interface Props {
  field: AskedField
  takes: 'none' | 'one' | 'many' | 'two' | 'span'
  value: unknown
  onChange: (value: unknown) => void
}

/** What an operator is given, as its field is: people, tags, days, numbers, words. */
export function ValueField({ field, takes, value, onChange }: Props) {
  if (takes === 'none') return null
  if (takes === 'span') return <Span value={value} onChange={onChange} />
  if (takes === 'two') {
    const [from, to] = Array.isArray(value) ? value : [undefined, undefined]
    return (
      <Space.Compact block>
        <Single field={field} value={from} onChange={(next) => onChange([next, to])} />
        <Single field={field} value={to} onChange={(next) => onChange([from, next])} />
      </Space.Compact>
    )
  }
  if (takes === 'many') return <Choice field={field} many value={value} onChange={onChange} />
  return <Single field={field} value={value} onChange={onChange} />
}

type Single = Omit<Props, 'takes'>

function Single({ field, value, onChange }: Single) {
  const { t } = useTranslation()
  const label = t('viewEdit.value')
  switch (field.kind) {
    case 'flag':
      return (
        <Select
          className={styles.wide}
          aria-label={label}
          value={typeof value === 'boolean' ? String(value) : undefined}
          onChange={(next: string) => onChange(next === 'true')}
          options={[
            { value: 'true', label: t('common.yes') },
            { value: 'false', label: t('common.no') },
          ]}
        />
      )
    case 'number':
      return (
        <InputNumber
          className={styles.wide}
          aria-label={label}
          value={typeof value === 'number' ? value : null}
          onChange={(next) => onChange(next ?? undefined)}
        />
      )
    case 'time':
      return (
        <DatePicker
          className={styles.wide}
          showTime={{ format: 'HH:mm' }}
          aria-label={label}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={(next) => onChange(next?.toISOString())}
        />
      )
    case 'day':
      return (
        <DatePicker
          className={styles.wide}
          aria-label={label}
          value={typeof value === 'string' ? dayjs(value) : null}
          onChange={(next) => onChange(next?.format('YYYY-MM-DD'))}
        />
      )
    case 'text':
      return (
        <Input
          aria-label={label}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value)}
        />
      )
    default:
      return <Choice field={field} value={value} onChange={onChange} />
  }
}

const remote: unknown[] = ['contact', 'company', 'ticket']

function Choice({ many = false, ...props }: Single & { many?: boolean }) {
  const { field } = props
  if (remote.includes(field.of)) return <Remote many={many} {...props} />
  return <Listed many={many} {...props} />
}

/** Values that a workspace has a short list of; where it has none, any word will do. */
function Listed({ field, value, onChange, many }: Single & { many: boolean }) {
  const { t } = useTranslation()
  const { options, open } = useChoices(field)
  const shown = Array.isArray(value)
    ? value.map(String)
    : value === undefined
      ? []
      : [String(value)]
  return (
    <Select
      className={styles.wide}
      aria-label={t('viewEdit.value')}
      placeholder={t('viewEdit.choose')}
      mode={many ? (open ? 'tags' : 'multiple') : open ? 'tags' : undefined}
      maxCount={many || !open ? undefined : 1}
      value={many || open ? shown : shown[0]}
      popupMatchSelectWidth={220}
      showSearch={{
        filterOption: (typed, option) => matchesName(String(option?.label ?? ''), typed),
      }}
      onChange={(next: string | string[]) => {
        if (many) return onChange(next)
        onChange(Array.isArray(next) ? next.at(-1) : next)
      }}
      options={options}
    />
  )
}

/** Customers and companies: too many to list, so they are looked up. */
function Remote({ field, value, onChange, many }: Single & { many: boolean }) {
  const { t } = useTranslation()
  const shown = Array.isArray(value)
    ? value.map(String)
    : value === undefined
      ? []
      : [String(value)]
  const { options, search, busy } = useFound(field.of as FoundKind, shown)
  return (
    <Select
      className={styles.wide}
      aria-label={t('viewEdit.value')}
      placeholder={t('viewEdit.find')}
      mode={many ? 'multiple' : undefined}
      value={many ? shown : shown[0]}
      loading={busy}
      popupMatchSelectWidth={240}
      showSearch={{ filterOption: false, onSearch: search }}
      onChange={(next: string | string[]) => onChange(next)}
      options={options}
    />
  )
}

const units = ['m', 'h', 'd', 'w'] as const

function Span({ value, onChange }: { value: unknown; onChange: (value: unknown) => void }) {
  const { t } = useTranslation()
  const text = typeof value === 'string' ? value : ''
  const unit = /[mhdw]$/.exec(text)?.[0] ?? 'd'
  const number = Number.parseInt(text, 10)
  return (
    <Space.Compact block>
      <InputNumber
        className={styles.wide}
        aria-label={t('viewEdit.amount')}
        min={1}
        max={36_500}
        precision={0}
        value={Number.isNaN(number) ? null : number}
        onChange={(next) => onChange(next === null ? undefined : `${next}${unit}`)}
      />
      <Select
        className={styles.unit}
        aria-label={t('viewEdit.unit')}
        value={unit}
        onChange={(next: string) => onChange(`${Number.isNaN(number) ? 1 : number}${next}`)}
        options={units.map((id) => ({ value: id, label: t(`viewEdit.units.${id}`) }))}
      />
    </Space.Compact>
  )
}
