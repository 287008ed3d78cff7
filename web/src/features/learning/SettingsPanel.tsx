import { useQuery } from '@tanstack/react-query'
import { Form, InputNumber, Select } from 'antd'
import { fieldsQuery } from '@/shared/api/fields'
import {
  changeLearning,
  type LearningChange,
  type LearningSettings,
  learningKey,
} from '@/shared/api/learning'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel, SwitchField } from '@/shared/page'

interface Values {
  weekly: boolean
  after_labels: number | null
  promote: boolean
  target: number
  category_field: string | null
}

/** When training starts by itself, and what happens with its result. */
export function SettingsPanel({
  settings,
  close,
}: {
  settings: LearningSettings
  close: () => void
}) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [form] = Form.useForm<Values>()
  const { data: fields = [] } = useQuery(fieldsQuery('ticket'))
  const { version, ...initial } = settings
  const choices = fields
    .filter(({ type, active }) => active && (type === 'tree' || type === 'choice'))
    .map(({ key, name }) => ({ value: key, label: localized(name, locale, key) }))
  return (
    <FormPanel
      title={t('learning.settings')}
      form={form}
      initial={{ ...initial, target: Math.round(initial.target * 100) }}
      submit={() => changeLearning(asSent(form.getFieldsValue(true)))}
      keys={[[...learningKey]]}
      close={close}
    >
      <Form.Item name="weekly" valuePropName="checked">
        <SwitchField label={t('learning.weekly')} hint={t('learning.weeklyHint')} />
      </Form.Item>
      <Form.Item
        name="after_labels"
        label={t('learning.afterLabels')}
        extra={t('learning.afterLabelsHint')}
      >
        <InputNumber min={10} max={100_000} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="promote" valuePropName="checked">
        <SwitchField label={t('learning.promote')} hint={t('learning.promoteHint')} />
      </Form.Item>
      <Form.Item name="target" label={t('learning.target')} extra={t('learning.targetHint')}>
        <InputNumber min={50} max={99} suffix="%" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item
        name="category_field"
        label={t('learning.categoryField')}
        extra={t('learning.categoryFieldHint')}
      >
        <Select
          allowClear
          placeholder={t('learning.noField')}
          options={[...choices, { value: 'type', label: t('learning.ticketType') }]}
        />
      </Form.Item>
    </FormPanel>
  )
}

const asSent = (values: Values): LearningChange => ({
  ...values,
  after_labels: values.after_labels ?? null,
  category_field: values.category_field ?? null,
  target: values.target / 100,
})
