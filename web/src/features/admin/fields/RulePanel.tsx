import { Form, Input } from 'antd'
import type { CustomField, FieldEffect, FieldObject, FieldRule } from '@/shared/api/fields'
import { removeRule, saveRule } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RemoveButton, SwitchField } from '@/shared/page'
import { EffectsEditor } from './EffectsEditor'
import styles from './fields.module.css'
import { TestsEditor } from './TestsEditor'
import { condition, type Flat, flatten } from './tests'
import { useReasons } from './useReasons'
import { useSentence } from './useSentence'

const keys = [['field-rules'], ['form']]
interface Values {
  name: string
  when: Flat
  effects: FieldEffect[]
  active: boolean
}
interface Props {
  object: FieldObject
  fields: CustomField[]
  rule: FieldRule | null
  close: () => void
}

export function RulePanel({ object, fields, rule, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const { sentence, when } = useSentence(fields)
  const { explained } = useReasons()
  const flat = rule ? flatten(rule.condition) : { join: 'all' as const, tests: [] }
  const now = Form.useWatch([], form)
  const whenNow = (values: Partial<Values> | undefined) =>
    flat && values?.when ? condition(values.when) : (rule?.condition ?? { all: [] })
  return (
    <FormPanel<Values>
      title={rule ? rule.name : t('fields.rules.add')}
      form={form}
      width={640}
      initial={{
        name: rule?.name ?? '',
        when: flat ?? { join: 'all', tests: [] },
        effects: rule?.effects ?? [{ do: 'show', field: fields[0]?.key ?? '' }],
        active: rule?.active ?? true,
      }}
      submit={({ name, effects, active, ...rest }) =>
        explained(() =>
          saveRule(rule?.id ?? null, { object, name, condition: whenNow(rest), effects, active }),
        )
      }
      keys={keys}
      close={close}
      danger={
        rule && (
          <RemoveButton
            title={t('fields.rules.removeTitle', { name: rule.name })}
            remove={() => removeRule(rule.id)}
            keys={keys}
            then={close}
          />
        )
      }
    >
      <Form.Item
        name="name"
        label={t('fields.rules.name')}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input autoFocus={!rule} maxLength={120} />
      </Form.Item>
      {flat ? (
        <Form.Item name="when" label={t('fields.rules.when')}>
          <TestsEditor fields={fields} object={object} />
        </Form.Item>
      ) : (
        <p>
          {t('fields.rules.complex')} {rule && when(rule.condition)}
        </p>
      )}
      <Form.Item name="effects" label={t('fields.rules.so')}>
        <EffectsEditor fields={fields} />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('fields.rules.active')} />
      </Form.Item>
      {now?.effects && (
        <p className={styles.sentence} role="status">
          {sentence({ condition: whenNow(now), effects: now.effects })}
        </p>
      )}
    </FormPanel>
  )
}
