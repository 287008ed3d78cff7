import { useQuery } from '@tanstack/react-query'
import { Button, Input, InputNumber, Radio, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { agentsQuery, teamsQuery } from '@/shared/api'
import { brandsQuery, inboxesQuery } from '@/shared/api/admin'
import { type FilterField, filterFieldsQuery } from '@/shared/api/sla'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { compose, flatten, type Test } from './condition'
import styles from './sla.module.css'

interface Props {
  value?: Record<string, unknown>
  onChange?: (condition: Record<string, unknown>) => void
}

// References whose values are offered here; others are asked for by their text fields.
const offered = new Set(['team', 'agent', 'brand', 'inbox'])
const fits = (field: FilterField) =>
  field.group !== 'sla' &&
  field.kind !== 'time' &&
  (!(field.kind === 'reference' || field.kind === 'person') || offered.has(field.of ?? ''))

/** For which tickets a policy holds: tests that all hold, or of which one does. */
export function ConditionEditor({ value, onChange }: Props) {
  const { t } = useTranslation()
  const { data } = useQuery(filterFieldsQuery)
  const flat = flatten(value)
  if (!flat) return <p className={styles.kindHint}>{t('sla.condition.nested')}</p>
  const fields = (data?.fields ?? []).filter(fits)
  const put = (tests: Test[], how = flat.how) => onChange?.(compose({ how, tests }))
  const change = (index: number, test: Test) =>
    put(flat.tests.map((old, at) => (at === index ? test : old)))
  return (
    <div className={styles.targets}>
      {flat.tests.length === 0 && <p className={styles.kindHint}>{t('sla.condition.every')}</p>}
      {flat.tests.length > 1 && (
        <Radio.Group
          aria-label={t('sla.condition.how')}
          value={flat.how}
          onChange={(event) => put(flat.tests, event.target.value)}
          options={[
            { value: 'all', label: t('sla.condition.all') },
            { value: 'any', label: t('sla.condition.any') },
          ]}
        />
      )}
      {flat.tests.map((test, index) => (
        <TestRow
          // biome-ignore lint/suspicious/noArrayIndexKey: tests have no name but their place
          key={index}
          test={test}
          fields={fields}
          change={(changed) => change(index, changed)}
          remove={() => put(flat.tests.filter((_, at) => at !== index))}
        />
      ))}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={fields.length === 0}
        onClick={() => put([...flat.tests, { field: 'priority', op: 'in', value: [] }])}
      >
        {t('sla.condition.add')}
      </Button>
    </div>
  )
}

interface RowProps {
  test: Test
  fields: FilterField[]
  change: (test: Test) => void
  remove: () => void
}

function TestRow({ test, fields, change, remove }: RowProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const field = fields.find(({ name }) => name === test.field)
  const operator = field?.operators.find(({ id }) => id === test.op)
  const begin = (name: string) => {
    const next = fields.find((one) => one.name === name)
    const op = next?.operators.find(({ id }) => id === 'in') ?? next?.operators[0]
    change({ field: name, op: op?.id ?? 'is', value: empty(next, op?.takes) })
  }
  return (
    <div className={styles.test}>
      <Select
        aria-label={t('sla.condition.field')}
        value={test.field}
        onChange={begin}
        showSearch={{ optionFilterProp: 'label' }}
        options={fields.map(({ name, title }) => ({
          value: name,
          label: localized(title, locale, name),
        }))}
      />
      <Select
        aria-label={t('sla.condition.op')}
        value={test.op}
        onChange={(op: string) => {
          const takes = field?.operators.find(({ id }) => id === op)?.takes
          const same = takes === operator?.takes
          change({ field: test.field, op, value: same ? test.value : empty(field, takes) })
        }}
        options={field?.operators
          .filter(({ takes }) => takes !== 'two' && takes !== 'span')
          .map(({ id, title }) => ({ value: id, label: localized(title, locale, id) }))}
      />
      {field && operator && operator.takes !== 'none' && (
        <Value
          field={field}
          many={operator.takes === 'many'}
          value={test.value}
          change={(value) => change({ ...test, value })}
        />
      )}
      <IconButton icon={X} label={t('sla.condition.remove')} onClick={remove} />
    </div>
  )
}

function empty(field: FilterField | undefined, takes: string | undefined): unknown {
  if (takes === 'none') return undefined
  if (takes === 'many') return []
  if (field?.kind === 'flag') return true
  return field?.kind === 'number' ? 0 : ''
}

interface ValueProps {
  field: FilterField
  many: boolean
  value: unknown
  change: (value: unknown) => void
}

function Value({ field, many, value, change }: ValueProps) {
  const { t } = useTranslation()
  const options = useOptions(field)
  const label = t('sla.condition.value')
  if (field.kind === 'flag') {
    return (
      <Select
        aria-label={label}
        value={value === true}
        onChange={change}
        options={[
          { value: true, label: t('sla.condition.yes') },
          { value: false, label: t('sla.condition.no') },
        ]}
      />
    )
  }
  if (many || options.length > 0) {
    return (
      <Select
        aria-label={label}
        mode={many ? (options.length > 0 ? 'multiple' : 'tags') : undefined}
        value={many ? ((value ?? []) as string[]) : (value as string) || undefined}
        onChange={change}
        options={options}
        showSearch={{ optionFilterProp: 'label' }}
      />
    )
  }
  if (field.kind === 'number') {
    return <InputNumber aria-label={label} value={Number(value ?? 0)} onChange={change} />
  }
  return (
    <Input
      aria-label={label}
      value={String(value ?? '')}
      onChange={(event) => change(event.target.value)}
    />
  )
}

function useOptions(field: FilterField): { value: string; label: string }[] {
  const locale = useLocale()
  const named = (items: { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  const teams = useQuery({ ...teamsQuery, enabled: field.of === 'team' })
  const agents = useQuery({ ...agentsQuery, enabled: field.of === 'agent' })
  const brands = useQuery({ ...brandsQuery, enabled: field.of === 'brand' })
  const inboxes = useQuery({ ...inboxesQuery, enabled: field.of === 'inbox' })
  const found = { team: teams, agent: agents, brand: brands, inbox: inboxes }
  if (field.of && field.of in found) {
    return named(found[field.of as keyof typeof found].data ?? [])
  }
  return field.choices.map(({ value, title }) => ({
    value,
    label: localized(title, locale, value),
  }))
}
