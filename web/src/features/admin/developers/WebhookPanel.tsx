import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { eventTypesQuery, keep, type Webhook, webhooksQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, SwitchField } from '@/shared/page'
import { familiesOf } from './events'

type Fields = Pick<Webhook, 'name' | 'url' | 'events' | 'active'>
const webhooks = keep('webhooks')

interface Props {
  hook: Webhook | null
  made?: (hook: Webhook) => void
  removed?: () => void
  close: () => void
}

export function WebhookPanel({ hook, made, removed, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Fields>()
  const { data: types = [] } = useQuery(eventTypesQuery)

  async function submit(values: Fields) {
    const saved = await webhooks.save(hook?.id ?? null, values)
    if (!hook) made?.(saved)
  }
  return (
    <FormPanel
      title={hook ? t('common.edit') : t('admin.webhooks.add')}
      form={form}
      initial={
        hook
          ? { name: hook.name, url: hook.url, events: hook.events, active: hook.active }
          : { name: '', events: ['*'], active: true }
      }
      submit={submit}
      done={hook ? undefined : null}
      keys={[webhooksQuery.queryKey]}
      close={close}
      removal={
        hook && {
          title: t('admin.webhooks.removeTitle'),
          hint: t('admin.webhooks.removeHint'),
          run: () => webhooks.remove(hook.id),
          after: removed,
        }
      }
    >
      <Form.Item
        name="url"
        label={t('admin.webhooks.url')}
        extra={t('admin.webhooks.urlHint')}
        rules={[{ required: true, type: 'url', message: t('admin.webhooks.needUrl') }]}
      >
        <Input autoFocus={!hook} placeholder="https://" inputMode="url" spellCheck={false} />
      </Form.Item>
      <Form.Item name="name" label={t('kit.name')}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="events"
        label={t('admin.webhooks.events')}
        extra={t('admin.webhooks.eventsHint')}
        rules={[{ required: true, message: t('admin.webhooks.needEvents') }]}
      >
        <Select
          mode="multiple"
          options={[
            { value: '*', label: t('admin.webhooks.everything') },
            ...familiesOf(types).map(({ family, types: inner }) => ({
              label: family,
              options: [
                { value: `${family}.*`, label: t('admin.webhooks.family', { family }) },
                ...inner.map((type) => ({ value: type, label: type })),
              ],
            })),
          ]}
        />
      </Form.Item>
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('admin.webhooks.active')} hint={t('admin.webhooks.activeHint')} />
      </Form.Item>
    </FormPanel>
  )
}
