import { useQuery } from '@tanstack/react-query'
import { Form, Input, InputNumber, Select } from 'antd'
import { agentsQuery, tagsQuery, teamsQuery } from '@/shared/api'
import { macrosQuery } from '@/shared/api/macros'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { SwitchField } from '@/shared/page'
import { useStatuses } from '@/shared/ui'
import { FieldName, FieldValue } from './FieldValue'
import type { Param, Source } from './params'

/** One parameter of an action, as its schema asks for it. */
export function ParamField({ param, path }: { param: Param; path: (string | number)[] }) {
  const { t } = useTranslation()
  if (param.kind === 'flag') {
    return (
      <Form.Item name={path} valuePropName="checked">
        <SwitchField label={param.title} hint={param.help || undefined} />
      </Form.Item>
    )
  }
  return (
    <Form.Item
      name={path}
      label={param.title}
      extra={param.help || undefined}
      rules={param.required ? [{ required: true, message: t('common.required') }] : []}
    >
      <Control param={param} path={path} />
    </Form.Item>
  )
}

/** The parameter of the same action with another name; within the form's list of actions. */
const nextTo = (path: (string | number)[], name: string) => ['actions', ...path.slice(0, -1), name]

/** Form.Item gives `value`, `onChange` and the id; they go on to what is drawn. */
function Control({ param, path, ...field }: { param: Param; path: (string | number)[] }) {
  if (param.of === 'field') return <FieldName {...field} />
  if (param.of === 'field_value') return <FieldValue of={nextTo(path, 'field')} {...field} />
  if (param.kind === 'choice') return <Select options={param.choices} {...field} />
  if (param.kind === 'number') {
    return <InputNumber min={param.min} max={param.max} precision={0} {...field} />
  }
  if (param.kind === 'long') {
    return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={20_000} {...field} />
  }
  if (param.kind === 'words') return <Tags {...field} />
  if (param.of && param.of in sources) return <From of={param.of as Known} {...field} />
  return <Input autoComplete="off" {...field} />
}

function Tags(field: object) {
  const { data = [] } = useQuery(tagsQuery)
  return (
    <Select
      mode="tags"
      tokenSeparators={[',', '，', ';']}
      options={data.map((tag) => ({ value: tag, label: tag }))}
      {...field}
    />
  )
}

interface Option {
  value: string
  label: string
}
type Known = Extract<Source, 'agent' | 'team' | 'status' | 'macro'>
const sources: Record<Known, () => Option[]> = {
  agent: () => named(useQuery(agentsQuery).data?.filter((agent) => agent.active)),
  team: () => named(useQuery(teamsQuery).data),
  status: () => {
    const { all, name } = useStatuses()
    return all.map(({ id }) => ({ value: id, label: name(id) }))
  },
  macro: () =>
    (useQuery(macrosQuery).data ?? [])
      .filter((macro) => macro.variants.length > 0)
      .map(({ id, title }) => ({ value: id, label: title })),
}
const named = (items: { id: string; name: string }[] = []) =>
  items.map(({ id, name }) => ({ value: id, label: name }))

function From({ of, ...field }: { of: Known }) {
  const options = sources[of]()
  return (
    <Select
      allowClear
      options={options}
      showSearch={{ filterOption: (typed, option) => matchesName(option?.label ?? '', typed) }}
      {...field}
    />
  )
}
