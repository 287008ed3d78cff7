import { useQuery } from '@tanstack/react-query'
import { InputNumber } from 'antd'
import { useState } from 'react'
import { type ChannelWeight, setWeights, weightsQuery } from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { QueryView, Table, useAction } from '@/shared/page'
import { ChannelIcon, useChannelName } from '@/shared/ui'
import styles from './assignment.module.css'

export function WeightsTab() {
  const { t } = useTranslation()
  const query = useQuery(weightsQuery)
  return (
    <>
      <p className={styles.explain}>{t('assignment.weights.lead')}</p>
      <QueryView query={query}>{(items) => <Weights items={items} />}</QueryView>
    </>
  )
}

function Weights({ items }: { items: ChannelWeight[] }) {
  const { t } = useTranslation()
  const name = useChannelName()
  const { run, busy } = useAction()
  const [typed, setTyped] = useState<Record<string, number>>({})
  const settle = (channel: string) => {
    const weight = typed[channel]
    const known = items.find((one) => one.channel === channel)
    if (!weight || weight === known?.weight) return
    void run(
      () => setWeights(items.map((one) => (one.channel === channel ? { channel, weight } : one))),
      { keys: [weightsQuery.queryKey], done: t('common.saved') },
    )
  }
  return (
    <Table
      label={t('assignment.tabs.weights')}
      rows={items}
      keyOf={(one) => one.channel}
      columns={[
        {
          key: 'channel',
          title: t('assignment.channel'),
          cell: (one) => (
            <span className={styles.channel}>
              <ChannelIcon channel={one.channel} />
              {name(one.channel)}
            </span>
          ),
        },
        {
          key: 'weight',
          title: t('assignment.weights.points'),
          width: 140,
          end: true,
          cell: (one) => (
            <InputNumber
              aria-label={`${name(one.channel)}: ${t('assignment.weights.points')}`}
              min={1}
              max={100}
              disabled={busy !== null}
              value={typed[one.channel] ?? one.weight}
              onChange={(weight) => setTyped({ ...typed, [one.channel]: weight ?? one.weight })}
              onBlur={() => settle(one.channel)}
              onPressEnter={() => settle(one.channel)}
            />
          ),
        },
      ]}
    />
  )
}
