import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox } from 'antd'
import { useState } from 'react'
import {
  changePush,
  type PushChange,
  type PushState,
  pushQuery,
  testDevice,
} from '@/shared/api/push'
import { useTranslation } from '@/shared/i18n'
import { Card, QueryView, SwitchField, useAction } from '@/shared/page'
import styles from './account.module.css'
import { PushDevices } from './PushDevices'
import { QuietHours } from './QuietHours'
import { abilityOf, letSleep, surroundings, wakeHere } from './waking'

const kinds = [
  'mention',
  'assigned',
  'reply',
  'sla',
  'rating',
  'reminder',
  'task',
  'task_due',
  'approval',
  'approved',
  'declined',
  'mood',
  'skill',
  'skill_earned',
  'lab',
] as const

/** Being woken: on this device, for what, and how much a push may say. */
export function PushCard() {
  const { t } = useTranslation()
  const query = useQuery(pushQuery)
  return (
    <Card title={t('push.title')} hint={t('push.hint')}>
      <QueryView query={query} lines={4}>
        {(state) => <Settings state={state} />}
      </QueryView>
    </Card>
  )
}

function Settings({ state }: { state: PushState }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { run } = useAction()

  async function change(wanted: PushChange) {
    client.setQueryData(pushQuery.queryKey, { ...state, ...wanted } as PushState)
    const fresh = await run(() => changePush(wanted))
    if (fresh) client.setQueryData(pushQuery.queryKey, fresh)
    else void client.invalidateQueries({ queryKey: pushQuery.queryKey })
  }
  return (
    <div className={styles.choices}>
      <Here state={state} />
      <fieldset className={styles.kinds}>
        <legend>{t('push.kinds')}</legend>
        {kinds.map((kind) => (
          <Checkbox
            key={kind}
            checked={state.kinds.includes(kind)}
            onChange={({ target }) =>
              void change({
                kinds: kinds.filter((one) =>
                  one === kind ? target.checked : state.kinds.includes(one),
                ),
              })
            }
          >
            {t(`push.kind.${kind}`)}
          </Checkbox>
        ))}
      </fieldset>
      <SwitchField
        label={t('push.preview')}
        hint={t('push.previewHint')}
        checked={state.preview}
        onChange={(preview) => void change({ preview })}
      />
      <QuietHours quiet={state.quiet} change={(quiet) => void change({ quiet })} />
      <PushDevices state={state} />
    </div>
  )
}

function Here({ state }: { state: PushState }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [refused, setRefused] = useState(false)
  const here = state.devices.find(({ current }) => current)
  const ability = abilityOf(surroundings())
  const keys = [pushQuery.queryKey]

  async function toggle(on: boolean) {
    const done = await run(
      () => (on ? wakeHere(state) : letSleep(state).then(() => true)),
      { keys },
      'here',
    )
    setRefused(on && done === false)
  }
  return (
    <div className={styles.here}>
      <SwitchField
        label={t('push.here')}
        hint={t(here ? 'push.on' : 'push.off')}
        checked={Boolean(here)}
        disabled={(ability !== 'ready' && !here) || busy === 'here'}
        onChange={(on) => void toggle(on)}
      />
      {ability !== 'ready' && <Alert type="warning" showIcon title={t(`push.why.${ability}`)} />}
      {refused && ability === 'ready' && (
        <Alert type="info" showIcon title={t('push.why.notGiven')} />
      )}
      {here && (
        <span>
          <Button
            loading={busy === 'test'}
            onClick={() => void run(() => testDevice(here.id), { done: t('push.tested') }, 'test')}
          >
            {t('push.test')}
          </Button>
        </span>
      )}
    </div>
  )
}
