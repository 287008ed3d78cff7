import { Button } from 'antd'
import { type PushDevice, type PushState, pushQuery, removeDevice } from '@/shared/api/push'
import { useTranslation } from '@/shared/i18n'
import { Small, Table, useAction } from '@/shared/page'
import { Tag, Time } from '@/shared/ui'
import { browserOf } from './browser'
import { letSleep } from './waking'

/** Where this person is woken. */
export function PushDevices({ state }: { state: PushState }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  if (state.devices.length === 0) return null
  const remove = (device: PushDevice) =>
    run(
      () => (device.current ? letSleep(state) : removeDevice(device.id)),
      { done: t('push.removed'), keys: [pushQuery.queryKey] },
      device.id,
    )
  return (
    <Table
      bare
      label={t('push.devices')}
      rows={state.devices}
      keyOf={(device) => device.id}
      columns={[
        {
          key: 'device',
          title: t('push.devices'),
          cell: (device) => (
            <>
              <strong>{browserOf(device.user_agent) || device.service}</strong>{' '}
              {device.current && <Tag tone="ok">{t('account.here')}</Tag>}
              {device.failure && (
                <Tag tone="danger">{t('push.failed', { code: device.failure })}</Tag>
              )}
              <Small>{device.service}</Small>
            </>
          ),
        },
        {
          key: 'pushed',
          title: t('push.last'),
          width: 130,
          cell: (device) => (device.pushed_at ? <Time at={device.pushed_at} /> : t('push.never')),
        },
        {
          key: 'actions',
          title: t('kit.actions'),
          quiet: true,
          width: 100,
          end: true,
          cell: (device) => (
            <Button
              type="text"
              danger
              size="small"
              loading={busy === device.id}
              onClick={() => void remove(device)}
            >
              {t('push.remove')}
            </Button>
          ),
        },
      ]}
    />
  )
}
