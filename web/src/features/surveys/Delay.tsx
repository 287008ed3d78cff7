import { InputNumber, Select, Space } from 'antd'
import { useState } from 'react'
import { useTranslation } from '@/shared/i18n'

const units = { minutes: 1, hours: 60, days: 1440 } as const
type Unit = keyof typeof units
const most = 43_200

/** The largest unit in which a delay is a whole number. */
export function unitOf(minutes: number): Unit {
  if (minutes > 0 && minutes % units.days === 0) return 'days'
  return minutes > 0 && minutes % units.hours === 0 ? 'hours' : 'minutes'
}

interface Props {
  id?: string
  value?: number
  onChange?: (minutes: number) => void
}

/** Minutes, hours or days after a ticket is done. */
export function Delay({ id, value = 0, onChange }: Props) {
  const { t } = useTranslation()
  const [unit, setUnit] = useState<Unit>(() => unitOf(value))
  const put = (count: number, of: Unit) => onChange?.(Math.min(most, count * units[of]))
  return (
    <Space.Compact>
      <InputNumber
        id={id}
        min={0}
        max={Math.floor(most / units[unit])}
        precision={0}
        value={Math.round(value / units[unit])}
        onChange={(count) => put(count ?? 0, unit)}
      />
      <Select
        style={{ width: 110 }}
        aria-label={t('surveys.unit')}
        value={unit}
        options={(Object.keys(units) as Unit[]).map((one) => ({
          value: one,
          label: t(`surveys.units.${one}`),
        }))}
        onChange={(next: Unit) => {
          put(Math.round(value / units[unit]), next)
          setUnit(next)
        }}
      />
    </Space.Compact>
  )
}
