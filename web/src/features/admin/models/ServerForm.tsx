import { Form, Input, InputNumber } from 'antd'
import {
  copilotSetupKey,
  type ModelPlace,
  type ModelServer,
  type ModelServerIn,
  putServer,
  removeServer,
} from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField, Two } from '@/shared/page'

interface Props {
  place: ModelPlace
  server: ModelServer | undefined
  currency: string
  close: () => void
}

const fresh = {
  quiet_seconds: 20,
  whole_seconds: 90,
  price_in: 0,
  price_out: 0,
  hides: true,
  active: true,
}

export function ServerForm({ place, server, currency, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<ModelServerIn & { no_key?: boolean }>()
  const seconds = { min: 1, max: 600, suffix: t('models.seconds'), style: { width: '100%' } }
  const price = { min: 0, max: 1_000_000, suffix: currency, style: { width: '100%' } }
  return (
    <FormPanel
      title={t(`models.places.${place}`)}
      form={form}
      initial={server ?? fresh}
      keys={[copilotSetupKey]}
      close={close}
      submit={({ no_key, ...values }) =>
        putServer(place, { ...values, key: no_key ? '' : values.key || undefined })
      }
      removal={
        server && {
          title: t('models.removeTitle'),
          hint: t('models.removeHint'),
          run: () => removeServer(place),
        }
      }
    >
      <Form.Item
        name="url"
        label={t('models.url')}
        extra={t(`models.urlHints.${place}`)}
        rules={[{ required: true, whitespace: true, message: t('common.required') }]}
      >
        <Input
          autoFocus={!server}
          maxLength={500}
          placeholder={
            place === 'local' ? 'http://192.168.1.20:11434/v1' : 'https://api.deepseek.com/v1'
          }
        />
      </Form.Item>
      <RequiredText name="model" label={t('models.model')} maxLength={200} />
      <Form.Item
        name="key"
        label={t('models.key')}
        extra={server?.key_set ? t('models.keyStays') : t('models.keyHint')}
      >
        <Input.Password autoComplete="off" maxLength={1000} />
      </Form.Item>
      {server?.key_set && (
        <Form.Item name="no_key" valuePropName="checked">
          <SwitchField label={t('models.noKey')} />
        </Form.Item>
      )}
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('models.active')} />
      </Form.Item>
      <Form.Item name="hides" valuePropName="checked">
        <SwitchField label={t('models.hides')} hint={t('models.hidesHint')} />
      </Form.Item>
      <Two>
        <Form.Item name="quiet_seconds" label={t('models.quiet')}>
          <InputNumber {...seconds} />
        </Form.Item>
        <Form.Item name="whole_seconds" label={t('models.whole')}>
          <InputNumber {...seconds} />
        </Form.Item>
        <Form.Item name="price_in" label={t('models.priceIn')}>
          <InputNumber {...price} />
        </Form.Item>
        <Form.Item name="price_out" label={t('models.priceOut')}>
          <InputNumber {...price} />
        </Form.Item>
      </Two>
    </FormPanel>
  )
}
