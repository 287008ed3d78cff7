import { useQuery } from '@tanstack/react-query'
import { ConfigProvider, Form, Input, Select } from 'antd'
import { Suspense } from 'react'
import { FieldControl, wordOf } from '@/features/fields'
import { type CustomField, fieldsQuery } from '@/shared/api/fields'
import { matchesName } from '@/shared/format'
import { useLocale } from '@/shared/i18n'
import { Skeleton } from '@/shared/ui'

type Given = { id?: string; value?: unknown; onChange?: (value: unknown) => void }

/** What an action can set: no formulas, and no files, which belong to one ticket. */
const settable = ({ type, active }: CustomField) => active && type !== 'formula' && type !== 'file'

/** Which field, by its name. A workspace without fields of its own may use any key. */
export function FieldName({ value, onChange, ...rest }: Given) {
  const locale = useLocale()
  const { data = [] } = useQuery(fieldsQuery('ticket'))
  const chosen = typeof value === 'string' ? value : undefined
  if (data.length === 0) {
    return <Input value={chosen} onChange={(event) => onChange?.(event.target.value)} {...rest} />
  }
  return (
    <Select
      value={chosen}
      onChange={onChange}
      options={data.filter(settable).map(({ key, name }) => ({
        value: key,
        label: wordOf(name, locale, key),
      }))}
      showSearch={{
        filterOption: (typed, option) => matchesName(String(option?.label ?? ''), typed),
      }}
      {...rest}
    />
  )
}

/** Its value, with the input that the field has everywhere. */
export function FieldValue({ of, value, onChange, id }: Given & { of: (string | number)[] }) {
  const { componentDisabled } = ConfigProvider.useConfig()
  const form = Form.useFormInstance()
  const key: unknown = Form.useWatch(of, { form, preserve: true })
  const { data = [] } = useQuery(fieldsQuery('ticket'))
  const field = data.find((one) => one.key === key)
  if (field) {
    return (
      <Suspense fallback={<Skeleton lines={1} />}>
        <FieldControl
          key={field.key}
          id={id}
          field={field}
          value={value}
          change={(next) => onChange?.(next)}
          disabled={componentDisabled}
        />
      </Suspense>
    )
  }
  const text = typeof value === 'string' ? value : ''
  return (
    <Input
      id={id}
      value={text}
      disabled={data.length > 0}
      onChange={(event) => onChange?.(event.target.value)}
    />
  )
}
