import { Button, Form, Input, InputNumber, Select } from 'antd'
import type { Rule } from 'antd/es/form'
import { Plus, Trash2 } from 'lucide-react'
import { Fragment, type ReactNode } from 'react'
import { useTranslation } from '@/shared/i18n'
import { SwitchField } from '@/shared/page'
import { IconButton } from '@/shared/ui'
import styles from './Channels.module.css'
import type { Field } from './schema'

type Path = (string | number)[]
interface Props {
  fields: Field[]
  /** Where the values of these fields live in the form. */
  path: Path
  /** The same, seen from the form: within a list the two differ. */
  full?: Path
  /** Secrets that are saved already. */
  stored: (name: string) => boolean
}

export function SchemaFields({ fields, path, full = path, stored }: Props) {
  return (
    <div className={styles.fields}>
      {fields.map((field) => {
        const one = <SchemaField field={field} path={path} full={full} stored={stored} />
        return (
          <Fragment key={field.name}>
            {field.when ? (
              <When wanted={field.when} beside={full}>
                {one}
              </When>
            ) : (
              one
            )}
          </Fragment>
        )
      })}
    </div>
  )
}

interface WhenProps {
  wanted: Record<string, unknown[]>
  beside: Path
  children: ReactNode
}

/** Asked only where other fields beside it have certain values. */
function When({ wanted, beside, children }: WhenProps) {
  const form = Form.useFormInstance()
  const around: unknown = Form.useWatch(beside, { form, preserve: true })
  const values = (around ?? {}) as Record<string, unknown>
  const holds = Object.entries(wanted).every(([name, some]) => some.includes(values[name]))
  return holds && children
}

type FieldProps = { field: Field; path: Path; full: Path; stored: Props['stored'] }

function SchemaField({ field, path, full, stored }: FieldProps) {
  const name = [...path, field.name]
  const place = [...full, field.name]
  if (field.kind === 'list') {
    return <ListField field={field} path={name} full={place} stored={stored} />
  }
  if (field.kind === 'group') {
    return (
      <fieldset className={styles.group}>
        <legend>{field.title}</legend>
        <SchemaFields fields={field.fields} path={name} full={place} stored={stored} />
      </fieldset>
    )
  }
  if (field.kind === 'switch') {
    return (
      <Form.Item name={name} valuePropName="checked" className={styles.wide}>
        <SwitchField label={field.title} hint={field.help} />
      </Form.Item>
    )
  }
  return <PlainField field={field} path={name} stored={stored} />
}

function useRules(field: Field, needed: boolean): Rule[] {
  const { t } = useTranslation()
  const rules: Rule[] = []
  if (needed) rules.push({ required: true, message: t('common.required') })
  if (field.pattern && field.kind !== 'words') {
    rules.push({ pattern: new RegExp(field.pattern), message: t('channel.form.pattern') })
  }
  if (field.pattern && field.kind === 'words') {
    const pattern = new RegExp(field.pattern)
    rules.push({
      validator: (_rule, values: string[] = []) => {
        const bad = values.find((value) => !pattern.test(value))
        return bad
          ? Promise.reject(new Error(t('channel.form.badWord', { value: bad })))
          : Promise.resolve()
      },
    })
  }
  return rules
}

function PlainField({
  field,
  path,
  stored,
}: {
  field: Field
  path: Path
  stored: Props['stored']
}) {
  const { t } = useTranslation()
  const kept = field.kind === 'secret' && stored(field.name)
  const rules = useRules(field, field.required && !kept)
  const given = field.default !== undefined && field.default !== null && field.default !== ''
  const optional = !field.required && !given && !kept
  const wide = ['long', 'words', 'many'].includes(field.kind)
  return (
    <Form.Item
      name={path}
      label={
        <>
          {field.title}
          {optional && <small className={styles.optional}>{t('common.optional')}</small>}
        </>
      }
      extra={field.help || undefined}
      rules={rules}
      className={wide ? styles.wide : undefined}
    >
      {control(field, kept ? t('channel.form.kept') : undefined)}
    </Form.Item>
  )
}

function control(field: Field, placeholder: string | undefined) {
  switch (field.kind) {
    case 'number':
      return (
        <InputNumber
          min={field.min}
          max={field.max}
          precision={field.integer ? 0 : undefined}
          style={{ width: '100%' }}
        />
      )
    case 'choice':
      return <Select options={field.choices} />
    case 'many':
      return <Select mode="multiple" options={field.choices} />
    case 'words':
      return (
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ', '，']} />
      )
    case 'secret':
      return <Input.Password autoComplete="new-password" placeholder={placeholder} />
    case 'long':
      return <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={field.max} />
    default:
      return <Input maxLength={field.max} autoComplete="off" spellCheck={false} />
  }
}

/** Entries of several fields each: aliases of a mailbox, questions of a form. */
function ListField({ field, path, full, stored }: FieldProps) {
  const { t } = useTranslation()
  return (
    <fieldset className={styles.group}>
      <legend>{field.title}</legend>
      {field.help && <p className={styles.help}>{field.help}</p>}
      <Form.List name={path}>
        {(entries, { add, remove }) => (
          <>
            {entries.map((entry) => (
              <div key={entry.key} className={styles.entry}>
                <SchemaFields
                  fields={field.fields}
                  path={[entry.name]}
                  full={[...full, entry.name]}
                  stored={stored}
                />
                <IconButton
                  icon={Trash2}
                  label={t('channel.form.removeEntry', { number: entry.name + 1 })}
                  onClick={() => remove(entry.name)}
                />
              </div>
            ))}
            <Button
              type="dashed"
              icon={<Plus size={14} />}
              onClick={() =>
                add(Object.fromEntries(field.fields.map((part) => [part.name, part.default])))
              }
            >
              {t('common.add')}
            </Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
