import { useQuery } from '@tanstack/react-query'
import { Button, InputNumber, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { type ChannelLimit, weightsQuery } from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { IconButton, useChannelName } from '@/shared/ui'
import styles from './assignment.module.css'

interface Props {
  value?: ChannelLimit[]
  onChange?: (limits: ChannelLimit[]) => void
}

/** At most so many tickets of a channel at once. */
export function LimitsEditor({ value = [], onChange }: Props) {
  const { t } = useTranslation()
  const name = useChannelName()
  const { data: channels = [] } = useQuery(weightsQuery)
  const taken = new Set(value.map(({ channel }) => channel))
  const free = channels.map(({ channel }) => channel).filter((channel) => !taken.has(channel))
  const put = (index: number, change: Partial<ChannelLimit>) =>
    onChange?.(value.map((old, at) => (at === index ? { ...old, ...change } : old)))
  return (
    <div className={styles.list}>
      {value.map((one, index) => (
        <div key={one.channel} className={styles.item}>
          <Select
            aria-label={t('assignment.channel')}
            value={one.channel}
            onChange={(channel: string) => put(index, { channel })}
            options={[one.channel, ...free].map((channel) => ({
              value: channel,
              label: name(channel),
            }))}
          />
          <InputNumber
            aria-label={`${name(one.channel)}: ${t('assignment.profile.most')}`}
            min={0}
            max={1000}
            value={one.most}
            onChange={(most) => put(index, { most: most ?? 0 })}
          />
          <IconButton
            icon={X}
            label={`${t('assignment.profile.removeLimit')}: ${name(one.channel)}`}
            onClick={() => onChange?.(value.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={free.length === 0}
        onClick={() => free[0] && onChange?.([...value, { channel: free[0], most: 3 }])}
      >
        {t('assignment.profile.addLimit')}
      </Button>
    </div>
  )
}
