import { Button, DatePicker, Drawer, Form } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { RotateCcw } from 'lucide-react'
import { type Delivery, replayDelivery, replaySince, type Webhook } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Code, FormPanel, useAction } from '@/shared/page'
import { ConfirmBar, Tag, Time } from '@/shared/ui'
import facts from '../channels/Channels.module.css'
import { pretty } from './events'

/** One delivery: what was sent, what came back, and a button to send it again. */
export function DeliveryPanel({
  hook,
  delivery,
  close,
}: {
  hook: Webhook
  delivery: Delivery
  close: () => void
}) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  async function again() {
    const done = await run(() => replayDelivery(hook.id, delivery.id), {
      done: t('admin.webhooks.replayed'),
      keys: [['admin', 'deliveries', hook.id]],
    })
    if (done) close()
  }
  return (
    <Drawer
      open
      size={620}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      title={delivery.type}
      onClose={close}
      footer={
        <Button icon={<RotateCcw size={14} />} loading={busy !== null} onClick={() => void again()}>
          {t('admin.webhooks.replay')}
        </Button>
      }
    >
      <div className={facts.stack}>
        {delivery.error && (
          <ConfirmBar tone="danger" title={delivery.error}>
            {null}
          </ConfirmBar>
        )}
        <dl className={facts.facts}>
          <dt>{t('admin.webhooks.status')}</dt>
          <dd>
            <Tag tone={delivery.state === 'failed' ? 'danger' : 'neutral'}>
              {delivery.status ?? t(`admin.webhooks.deliveryStates.${delivery.state}`)}
            </Tag>
          </dd>
          <dt>{t('admin.webhooks.attempts')}</dt>
          <dd>{delivery.attempts}</dd>
          {delivery.duration_ms !== null && (
            <>
              <dt>{t('admin.webhooks.duration')}</dt>
              <dd>{delivery.duration_ms} ms</dd>
            </>
          )}
          <dt>{t('admin.webhooks.at')}</dt>
          <dd>
            <Time at={delivery.created_at} style="full" />
          </dd>
          {delivery.next_at && (
            <>
              <dt>{t('admin.webhooks.next')}</dt>
              <dd>
                <Time at={delivery.next_at} style="full" />
              </dd>
            </>
          )}
        </dl>
        <h3>{t('admin.webhooks.sent')}</h3>
        <Code label={t('admin.webhooks.sent')}>{pretty(delivery.body)}</Code>
        {delivery.response && (
          <>
            <h3>{t('admin.webhooks.response')}</h3>
            <Code label={t('admin.webhooks.response')}>{pretty(delivery.response)}</Code>
          </>
        )}
      </div>
    </Drawer>
  )
}

/** Sends again everything that happened since a moment, after an outage on the other side. */
export function ReplayPanel({ hook, close }: { hook: Webhook; close: () => void }) {
  const { t } = useTranslation()
  const [form] = Form.useForm<{ since: Dayjs }>()
  return (
    <FormPanel
      title={t('admin.webhooks.replaySince')}
      form={form}
      initial={{ since: dayjs().subtract(1, 'hour') }}
      submit={({ since }) => replaySince(hook.id, since.toISOString())}
      submitText={t('admin.webhooks.replay')}
      done={t('admin.webhooks.replayStarted')}
      keys={[['admin', 'deliveries', hook.id]]}
      close={close}
    >
      <Form.Item
        name="since"
        label={t('admin.webhooks.since')}
        extra={t('admin.webhooks.sinceHint')}
        rules={[{ required: true, message: t('common.required') }]}
      >
        <DatePicker showTime style={{ width: '100%' }} maxDate={dayjs()} />
      </Form.Item>
    </FormPanel>
  )
}
