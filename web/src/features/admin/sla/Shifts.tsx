import { Button, Input } from 'antd'
import { Plus, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { readClock, type Span, wrongShifts } from './minutes'
import styles from './sla.module.css'

interface Props {
  label: string
  value: Span[]
  onChange: (spans: Span[]) => void
  overnight?: boolean
}

/** The open spans of one day, any number of them. */
export function Shifts({ label, value, onChange, overnight = false }: Props) {
  const { t } = useTranslation()
  const wrong = wrongShifts(value, overnight)
  const put = (index: number, span: Span) =>
    onChange(value.map((old, at) => (at === index ? span : old)))
  const add = () => {
    const last = value.at(-1)?.[1] ?? '09:00'
    const end = last < '18:00' ? '18:00' : '24:00'
    onChange([...value, [last < '24:00' ? last : '09:00', end]])
  }
  return (
    <fieldset className={styles.shifts}>
      <legend className="sr-only">{label}</legend>
      {value.length === 0 && <span className={styles.closed}>{t('sla.calendars.closed')}</span>}
      {value.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: shifts have no name but their place
        <span key={index} className={styles.shift} data-wrong={wrong.has(index)}>
          <Clock
            label={`${label}: ${t('sla.calendars.from')}`}
            value={span[0]}
            onChange={(begin) => put(index, [begin, span[1]])}
          />
          –
          <Clock
            label={`${label}: ${t('sla.calendars.to')}`}
            value={span[1]}
            onChange={(end) => put(index, [span[0], end])}
          />
          {overnight && span[1] < span[0] && <small>{t('sla.calendars.nextDay')}</small>}
          <IconButton
            icon={X}
            label={t('sla.calendars.removeShift')}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          />
          {wrong.has(index) && (
            <em role="alert">{t(`sla.calendars.wrong.${wrong.get(index) ?? 'order'}`)}</em>
          )}
        </span>
      ))}
      <Button type="text" size="small" icon={<Plus size={13} />} onClick={add}>
        {t('sla.calendars.addShift')}
        <span className="sr-only"> {label}</span>
      </Button>
    </fieldset>
  )
}

interface ClockProps {
  label: string
  value: string
  onChange: (clock: string) => void
}

function Clock({ label, value, onChange }: ClockProps) {
  const [text, setText] = useState(value)
  useEffect(() => setText(value), [value])
  const settle = () => {
    const found = readClock(text)
    setText(found ?? value)
    if (found && found !== value) onChange(found)
  }
  return (
    <Input
      className={styles.clock}
      size="small"
      inputMode="numeric"
      aria-label={label}
      value={text}
      maxLength={5}
      onChange={(event) => setText(event.target.value)}
      onBlur={settle}
    />
  )
}
