import { Form, InputNumber, Select } from 'antd'
import { useTranslation } from '@/shared/i18n'
import channels from '../channels/Channels.module.css'

/** For whom an answer is kept, how long it is fresh, how long one waits. */
export function Timing() {
  const { t } = useTranslation()
  return (
    <div className={channels.fields}>
      <Form.Item name="about" label={t('panelEdit.about')} extra={t('panelEdit.aboutHint')}>
        <Select
          options={(['customer', 'ticket'] as const).map((value) => ({
            value,
            label: t(`panelEdit.abouts.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="least_strength"
        label={t('panelEdit.least')}
        extra={t('panelEdit.leastHint')}
      >
        <Select
          options={([0, 1, 2, 3] as const).map((value) => ({
            value,
            label: t(`customer.strength${value}`),
          }))}
        />
      </Form.Item>
      <Figure name="fresh_seconds" max={86_400} unit={t('panelEdit.seconds')} />
      <Figure name="kept_seconds" max={604_800} unit={t('panelEdit.seconds')} />
      <Figure name="timeout_ms" min={200} max={10_000} unit={t('panelEdit.milliseconds')} />
    </div>
  )
}

interface FigureProps {
  name: 'fresh_seconds' | 'kept_seconds' | 'timeout_ms'
  min?: number
  max: number
  unit: string
}

function Figure({ name, min = 0, max, unit }: FigureProps) {
  const { t } = useTranslation()
  return (
    <Form.Item
      name={name}
      label={t(`panelEdit.${name}`)}
      extra={t(`panelEdit.${name}_hint`)}
      rules={[{ required: true, message: t('common.required') }]}
    >
      <InputNumber min={min} max={max} precision={0} suffix={unit} style={{ width: '100%' }} />
    </Form.Item>
  )
}
