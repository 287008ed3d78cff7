import { DatePicker } from 'antd'
import dayjs from 'dayjs'

interface Props {
  label: string
  value?: string
  choose: (at: Date) => void
  clear?: () => void
  /** Only times to come; else only times gone by. */
  future?: boolean
}

/** Any day and minute. Loaded when it is needed: calendars weigh as much as the whole list. */
export default function AnyTime({ label, value, choose, clear, future = false }: Props) {
  return (
    <DatePicker
      style={{ width: '100%' }}
      showTime={{ format: 'HH:mm', defaultValue: dayjs().hour(9).minute(0) }}
      format="YYYY-MM-DD HH:mm"
      placeholder={label}
      aria-label={label}
      value={value ? dayjs(value) : null}
      minDate={future ? dayjs() : undefined}
      maxDate={future ? undefined : dayjs()}
      needConfirm
      onChange={(chosen) => (chosen ? choose(chosen.toDate()) : clear?.())}
    />
  )
}
