import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { Suspense, useState } from 'react'
import { DraftFields } from '@/features/fields'
import { brandsQuery, channelKindsQuery, rolesQuery } from '@/shared/api/admin'
import {
  type CustomField,
  type FieldObject,
  type FieldValues,
  type FormLayout,
  type FormSection,
  type NewForm,
  removeForm,
  saveForm,
} from '@/shared/api/fields'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, Two } from '@/shared/page'
import styles from './fields.module.css'
import { SectionsEditor } from './SectionsEditor'
import { Versions } from './Versions'

const keys = [['forms'], ['form'], ['form-versions']]
interface Props {
  object: FieldObject
  fields: CustomField[]
  layout: FormLayout | null
  close: () => void
}
const uses = ['new', 'panel', 'hosted'] as const

export function FormEditor({ object, fields, layout, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewForm>()
  const begin: FormSection[] = [{ fields: fields.map(({ key }) => key) }]
  const sections = Form.useWatch('sections', form) as FormSection[] | undefined
  return (
    <FormPanel<NewForm>
      title={layout ? layout.name : t('fields.forms.add')}
      form={form}
      width={860}
      initial={layout ?? { name: '', uses: [...uses], sections: begin }}
      submit={(values) => saveForm(layout?.id ?? null, { ...values, object })}
      keys={keys}
      close={close}
      removal={
        layout && {
          title: t('fields.forms.removeTitle', { name: layout.name }),
          run: () => removeForm(layout.id),
        }
      }
    >
      <div className={styles.editor}>
        <div>
          <RequiredText
            name="name"
            label={t('fields.forms.name')}
            autoFocus={!layout}
            maxLength={120}
          />
          <Form.Item
            name="uses"
            label={t('fields.forms.uses')}
            rules={[{ required: true, message: t('common.required') }]}
          >
            <Select
              mode="multiple"
              options={uses.map((value) => ({ value, label: t(`fields.forms.use.${value}`) }))}
            />
          </Form.Item>
          <Places object={object} />
          <Form.Item name="sections" label={t('fields.forms.sections')}>
            <SectionsEditor fields={fields} />
          </Form.Item>
          {layout && <Versions layout={layout} close={close} />}
        </div>
        <Preview object={object} sections={sections ?? layout?.sections ?? begin} />
      </div>
    </FormPanel>
  )
}

/** Where the form holds; what is left empty means any. */
function Places({ object }: { object: FieldObject }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: roles = [] } = useQuery(rolesQuery)
  const { data: brands = [] } = useQuery(brandsQuery)
  const { data: channels = [] } = useQuery(channelKindsQuery)
  const named = (items: { id: string; name: string }[]) =>
    items.map(({ id, name }) => ({ value: id, label: name }))
  const any = { placeholder: t('fields.forms.any'), style: { width: '100%' } }
  return (
    <>
      {object === 'ticket' && (
        <>
          <Two>
            <Form.Item name="types" label={t('fields.forms.types')}>
              <Select mode="tags" {...any} options={types.map((value) => ({ value }))} />
            </Form.Item>
            <Form.Item name="channels" label={t('fields.forms.channels')}>
              <Select
                mode="multiple"
                {...any}
                options={channels.map(({ id, name }) => ({
                  value: id,
                  label: localized(name, locale, id),
                }))}
              />
            </Form.Item>
          </Two>
          <Form.Item name="brand_ids" label={t('fields.forms.brands')}>
            <Select mode="multiple" {...any} options={named(brands)} />
          </Form.Item>
        </>
      )}
      <Form.Item name="role_ids" label={t('fields.forms.roles')}>
        <Select mode="multiple" {...any} options={named(roles)} />
      </Form.Item>
    </>
  )
}
const types = ['question', 'incident', 'problem', 'task']

function Preview({ object, sections }: { object: FieldObject; sections: FormSection[] }) {
  const { t } = useTranslation()
  const [values, setValues] = useState<FieldValues>({})
  return (
    <section className={styles.preview} aria-label={t('fields.forms.preview')}>
      <h3>{t('fields.forms.preview')}</h3>
      <p className={styles.key}>{t('fields.forms.previewHint')}</p>
      <Suspense fallback={null}>
        <DraftFields
          asked={{ object, use: 'new' }}
          values={values}
          change={setValues}
          sections={sections}
        />
      </Suspense>
    </section>
  )
}
