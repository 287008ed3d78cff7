import { Input } from 'antd'
import type { PushState } from '@/shared/api/push'
import { useTranslation } from '@/shared/i18n'
import { SwitchField } from '@/shared/page'
import styles from './account.module.css'

type Quiet = PushState['quiet']
interface Props {
  quiet: Quiet
  change: (quiet: Quiet) => void
}

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone
const isTime = (text: string) => /^\d\d:\d\d$/.test(text)

/** Hours in which nothing wakes anybody, in the time of this device. */
export function QuietHours({ quiet, change }: Props) {
  const { t } = useTranslation()
  const at = (name: 'start' | 'end', value: string) => {
    if (quiet && isTime(value)) change({ ...quiet, [name]: value, time_zone: zone() })
  }
  return (
    <div className={styles.here}>
      <SwitchField
        label={t('push.quiet')}
        hint={quiet ? t('push.quietZone', { zone: quiet.time_zone }) : t('push.quietHint')}
        checked={quiet !== null}
        onChange={(on) => change(on ? { start: '22:00', end: '07:00', time_zone: zone() } : null)}
      />
      {quiet && (
        <div className={styles.hours}>
          <Input
            type="time"
            aria-label={t('push.from')}
            defaultValue={quiet.start}
            onBlur={(event) => at('start', event.target.value)}
          />
          <span aria-hidden="true">–</span>
          <Input
            type="time"
            aria-label={t('push.until')}
            defaultValue={quiet.end}
            onBlur={(event) => at('end', event.target.value)}
          />
        </div>
      )}
    </div>
  )
}
