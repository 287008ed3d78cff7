import { Form } from 'antd'
import { Suspense } from 'react'
import { type AskedField, ConditionTree } from '@/features/views'
import type { Condition } from '@/shared/api'
import type {
  CustomField,
  FieldCondition,
  FieldEffect,
  FieldObject,
  FieldRule,
} from '@/shared/api/fields'
import { removeRule, saveRule } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField } from '@/shared/page'
import { Skeleton } from '@/shared/ui'
import { EffectsEditor } from './EffectsEditor'
import styles from './fields.module.css'
import { useAsked } from './useAsked'
import { useReasons } from './useReasons'
import { useSentence } from './useSentence'

const keys = [['field-rules'], ['form']]
interface Values {
  name: string
  condition: FieldCondition
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
  const { sentence } = useSentence(fields)
  const asked = useAsked(fields, object)
  const { explained } = useReasons()
  const now = Form.useWatch([], form)
  return (
    <FormPanel<Values>
      title={rule ? rule.name : t('fields.rules.add')}
      form={form}
      width={640}
      initial={{
        name: rule?.name ?? '',
        condition: rule?.condition ?? { all: [] },
        effects: rule?.effects ?? [{ do: 'show', field: fields[0]?.key ?? '' }],
        active: rule?.active ?? true,
      }}
      submit={(values) => explained(() => saveRule(rule?.id ?? null, { object, ...values }))}
      keys={keys}
      close={close}
      removal={
        rule && {
          title: t('fields.rules.removeTitle', { name: rule.name }),
          run: () => removeRule(rule.id),
        }
      }
    >
      <RequiredText name="name" label={t('fields.rules.name')} autoFocus={!rule} maxLength={120} />
      <Form.Item name="condition" label={t('fields.rules.when')}>
        <Tests asked={asked} />
      </Form.Item>
      <Form.Item name="effects" label={t('fields.rules.so')}>
        <EffectsEditor fields={fields} />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('fields.rules.active')} />
      </Form.Item>
      {now?.effects && (
        <p className={styles.sentence} role="status">
          {sentence({ condition: now.condition, effects: now.effects })}
        </p>
      )}
    </FormPanel>
  )
}

/** As the builder holds it; the server's shape says the same less strictly. */
function Tests({ asked, value, onChange }: TestsProps) {
  return (
    <Suspense fallback={<Skeleton lines={2} />}>
      <ConditionTree
        fields={asked}
        value={value as Condition}
        onChange={(condition) => onChange?.(condition as FieldCondition)}
        deepest={2}
      />
    </Suspense>
  )
}
interface TestsProps {
  asked: AskedField[]
  value?: FieldCondition
  onChange?: (condition: FieldCondition) => void
}
