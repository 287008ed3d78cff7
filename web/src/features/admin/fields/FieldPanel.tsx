import { useQuery } from '@tanstack/react-query'
import { Button, Form, Input, Select } from 'antd'
import { wordOf } from '@/features/fields'
import { rolesQuery } from '@/shared/api/admin'
import {
  type CustomField,
  changeField,
  createField,
  type FieldObject,
  type FieldType,
  type NewCustomField,
} from '@/shared/api/fields'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, FormPanel, RemoveButton, SwitchField, Two, useAction } from '@/shared/page'
import { Checks } from './Checks'
import { OptionsEditor } from './OptionsEditor'
import { useReasons } from './useReasons'

const types: FieldType[] = [
  ...(['text', 'long_text', 'number', 'money', 'date', 'datetime', 'choice'] as const),
  ...(['multi_choice', 'tree', 'person', 'relation', 'file', 'checkbox', 'formula'] as const),
]
const withOptions: FieldType[] = ['choice', 'multi_choice', 'tree']
const findable: FieldType[] = ['text', 'number', 'date', 'person', 'relation', 'choice']
const keys = [['fields'], ['form'], ['field-rules']]

interface Props {
  object: FieldObject
  field: CustomField | null
  close: () => void
}

export function FieldPanel({ object, field, close }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [form] = Form.useForm<NewCustomField>()
  const type = Form.useWatch('type', form) ?? field?.type ?? 'text'
  const { explained } = useReasons()
  const title = field ? wordOf(field.name, locale, field.key) : t('fields.admin.add')
  return (
    <FormPanel<NewCustomField>
      title={title}
      form={form}
      width={560}
      initial={field ?? { type: 'text', config: {}, options: [], customer: 'none' }}
      submit={(values) => explained(() => save(object, field, values))}
      keys={keys}
      close={close}
      danger={field && <Archive field={field} title={title} close={close} />}
    >
      <Two>
        <Form.Item
          name={['name', 'zh']}
          label={t('fields.admin.nameZh')}
          dependencies={[['name', 'en']]}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_, value) =>
                value?.trim() || getFieldValue(['name', 'en'])?.trim()
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('fields.admin.needName'))),
            }),
          ]}
        >
          <Input autoFocus={!field} maxLength={200} />
        </Form.Item>
        <Form.Item name={['name', 'en']} label={t('fields.admin.nameEn')}>
          <Input maxLength={200} />
        </Form.Item>
      </Two>
      <Two>
        <Form.Item
          name="key"
          label={t('fields.admin.key')}
          extra={field ? undefined : t('fields.admin.keyHint')}
          rules={[
            {
              required: true,
              pattern: /^[a-z][a-z0-9_]{0,40}$/,
              message: t('fields.admin.keyHint'),
            },
          ]}
        >
          <Input disabled={Boolean(field)} maxLength={41} />
        </Form.Item>
        <Form.Item name="type" label={t('fields.admin.type')}>
          <Select
            disabled={Boolean(field)}
            options={types.map((value) => ({ value, label: t(`fields.types.${value}`) }))}
          />
        </Form.Item>
      </Two>
      {withOptions.includes(type) && (
        <Form.Item name="options" label={t('fields.admin.options')}>
          <OptionsEditor tree={type === 'tree'} />
        </Form.Item>
      )}
      <Checks type={type} />
      {type !== 'formula' && (
        <Form.Item name="required" valuePropName="checked">
          <SwitchField label={t('fields.admin.required')} hint={t('fields.admin.requiredHint')} />
        </Form.Item>
      )}
      {findable.includes(type) && (
        <Form.Item name="indexed" valuePropName="checked">
          <SwitchField label={t('fields.admin.indexed')} hint={t('fields.admin.indexedHint')} />
        </Form.Item>
      )}
      <Two>
        <Form.Item name={['help', 'zh']} label={t('fields.admin.helpZh')}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name={['help', 'en']} label={t('fields.admin.helpEn')}>
          <Input maxLength={200} />
        </Form.Item>
      </Two>
      <Rights />
    </FormPanel>
  )
}

function Rights() {
  const { t } = useTranslation()
  const { data: roles = [] } = useQuery(rolesQuery)
  const options = roles.map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Card title={t('fields.admin.rights')}>
      {(['see_roles', 'edit_roles'] as const).map((name) => (
        <Form.Item
          key={name}
          name={name}
          label={t(name === 'see_roles' ? 'fields.admin.seeRoles' : 'fields.admin.editRoles')}
        >
          <Select mode="multiple" placeholder={t('fields.admin.everyone')} options={options} />
        </Form.Item>
      ))}
      <Form.Item name="customer" label={t('fields.admin.customer')}>
        <Select
          options={(['none', 'see', 'edit'] as const).map((value) => ({
            value,
            label: t(`fields.admin.customers.${value}`),
          }))}
        />
      </Form.Item>
    </Card>
  )
}

/** What is empty in the form is left out: the server knows what that means. */
function save(object: FieldObject, field: CustomField | null, values: NewCustomField) {
  const config = Object.fromEntries(
    Object.entries(values.config ?? {}).filter(
      ([, value]) => value !== null && value !== undefined && value !== '',
    ),
  )
  const { key, type, ...rest } = { ...values, config }
  const clean = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined))
  return field
    ? changeField(field.id, clean)
    : createField({ ...clean, name: values.name, object, key, type })
}

function Archive({
  field,
  title,
  close,
}: {
  field: CustomField
  title: string
  close: () => void
}) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const { explained } = useReasons()
  if (field.active) {
    return (
      <RemoveButton
        title={t('fields.admin.archiveTitle', { name: title })}
        hint={t('fields.admin.archiveHint')}
        text={t('fields.admin.archive')}
        remove={() => explained(() => changeField(field.id, { active: false }))}
        keys={keys}
        then={close}
      />
    )
  }
  return (
    <Button
      type="text"
      loading={busy !== null}
      onClick={() =>
        void run(() => changeField(field.id, { active: true }), { keys }).then(
          (back) => back && close(),
        )
      }
    >
      {t('fields.admin.restore')}
    </Button>
  )
}
