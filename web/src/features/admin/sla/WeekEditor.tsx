import { Button } from 'antd'
import type { SlaWeek } from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import type { Span } from './minutes'
import { Shifts } from './Shifts'
import styles from './sla.module.css'
import { days } from './week'

interface Props {
  value?: SlaWeek
  onChange?: (week: SlaWeek) => void
  /** A span that ends before it begins goes over midnight. */
  overnight?: boolean
}

export function WeekEditor({ value = {}, onChange, overnight = false }: Props) {
  const { t } = useTranslation()
  const monday = (value.mon ?? []) as Span[]
  const copy = () => {
    const same = Object.fromEntries(days.slice(0, 5).map((day) => [day, monday]))
    onChange?.({ ...value, ...same })
  }
  return (
    <div className={styles.week}>
      {days.map((day) => (
        <div key={day} className={styles.day}>
          <span>{t(`sla.days.${day}`)}</span>
          <Shifts
            label={t(`sla.days.${day}`)}
            value={(value[day] ?? []) as Span[]}
            overnight={overnight}
            onChange={(spans) => onChange?.({ ...value, [day]: spans })}
          />
        </div>
      ))}
      <Button size="small" onClick={copy}>
        {t('sla.calendars.copyMonday')}
      </Button>
    </div>
  )
}
