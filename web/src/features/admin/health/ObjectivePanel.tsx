import { Form, InputNumber } from 'antd'
import { changeObjective, healthKey, type Measure } from '@/shared/api/system'
import { useTranslation } from '@/shared/i18n'
import { FormPanel } from '@/shared/page'

interface Values {
  target: number
  within: number
}

/** What is promised of one measure. */
export function ObjectivePanel({ measure, close }: { measure: Measure; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const timed = measure.within > 0
  return (
    <FormPanel
      title={t('system.changeTitle', { name: t(`system.measures.${measure.measure}`) })}
      form={form}
      initial={{ target: Number((measure.target * 100).toFixed(3)), within: measure.within }}
      submit={({ target, within }) =>
        changeObjective({
          measure: measure.measure,
          target: Number((target / 100).toFixed(5)),
          within: timed ? within : 0,
        })
      }
      keys={[healthKey]}
      close={close}
    >
      <Form.Item
        name="target"
        label={t('system.target')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <InputNumber min={50} max={99.99} step={0.1} style={{ width: 160 }} autoFocus />
      </Form.Item>
      {timed && (
        <Form.Item
          name="within"
          label={t('system.within')}
          rules={[{ required: true, message: t('common.required') }]}
        >
          <InputNumber
            min={0.01}
            max={3600}
            step={measure.within < 1 ? 0.1 : 1}
            style={{ width: 160 }}
          />
        </Form.Item>
      )}
    </FormPanel>
  )
}
