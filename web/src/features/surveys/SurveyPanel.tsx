import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, InputNumber, Radio, Select } from 'antd'
import { ConditionBuilder } from '@/features/views'
import { brandsQuery } from '@/shared/api/admin'
import {
  type NewSurvey,
  removeSurvey,
  type Survey,
  saveSurvey,
  surveysQuery,
} from '@/shared/api/surveys'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField } from '@/shared/page'
import { Delay } from './Delay'
import { TextsFields } from './TextsFields'

const fresh: NewSurvey = {
  name: '',
  kind: 'csat',
  active: true,
  brand_id: null,
  condition: { all: [] },
  trigger: 'resolved',
  delay_minutes: 60,
  channels: ['mail', 'chat'],
  texts: {},
  throttle_days: 30,
  expires_days: 30,
}

/** What may be sent back. */
function editable({ id, position, defaults, version, updated_at, ...values }: Survey): NewSurvey {
  return values
}

export function SurveyPanel({ survey, close }: { survey: Survey | null; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewSurvey>()
  const { data: brands = [] } = useQuery(brandsQuery)
  const keys = [surveysQuery.queryKey]
  return (
    <FormPanel
      title={survey?.name ?? t('surveys.add')}
      form={form}
      width={680}
      initial={survey ? editable(survey) : fresh}
      submit={() => saveSurvey(survey?.id ?? null, form.getFieldsValue(true) as NewSurvey)}
      keys={keys}
      close={close}
      removal={
        survey && {
          title: t('surveys.removeTitle', { name: survey.name }),
          hint: t('surveys.removeHint'),
          run: () => removeSurvey(survey.id),
        }
      }
    >
      <RequiredText name="name" label={t('kit.name')} autoFocus={!survey} maxLength={100} />
      <Form.Item
        name="kind"
        label={t('surveys.kind')}
        extra={survey ? t('surveys.kindFixed') : undefined}
      >
        <Radio.Group
          disabled={survey !== null}
          options={(['csat', 'nps', 'ces'] as const).map((kind) => ({
            value: kind,
            label: t(`surveys.kinds.${kind}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('surveys.active')} hint={t('surveys.activeHint')} />
      </Form.Item>
      <Form.Item name="condition" label={t('surveys.condition')}>
        <ConditionBuilder impersonal without="satisfaction." summary={false} />
      </Form.Item>
      <Form.Item name="brand_id" label={t('surveys.brand')}>
        <Select
          allowClear
          placeholder={t('surveys.anyBrand')}
          options={brands.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="trigger" label={t('surveys.trigger')}>
        <Radio.Group
          options={(['resolved', 'closed'] as const).map((value) => ({
            value,
            label: t(`surveys.atOnce.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="delay_minutes" label={t('surveys.delay')} extra={t('surveys.delayHint')}>
        <Delay />
      </Form.Item>
      <Form.Item
        name="channels"
        label={t('surveys.channels')}
        extra={t('surveys.channelsHint')}
        rules={[{ type: 'array', min: 1, message: t('surveys.channelNeeded') }]}
      >
        <Checkbox.Group
          options={(['mail', 'chat', 'link'] as const).map((way) => ({
            value: way,
            label: t(`surveys.ways.${way}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="throttle_days"
        label={t('surveys.throttle')}
        extra={t('surveys.throttleHint')}
      >
        <InputNumber min={0} max={3650} precision={0} suffix={t('surveys.days')} />
      </Form.Item>
      <Form.Item name="expires_days" label={t('surveys.expires')}>
        <InputNumber min={1} max={365} precision={0} suffix={t('surveys.days')} />
      </Form.Item>
      <TextsFields defaults={survey?.defaults} />
    </FormPanel>
  )
}
