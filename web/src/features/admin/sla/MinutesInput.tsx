import { Input } from 'antd'
import { useEffect, useId, useState } from 'react'
import { readMinutes, showMinutes } from './minutes'
import styles from './sla.module.css'

interface Props {
  label: string
  value: number | null
  placeholder?: string
  onChange: (minutes: number | null) => void
}

/** A length of time as people write it: `30m`, `4h`. Empty means none. */
export function MinutesInput({ label, value, placeholder = '—', onChange }: Props) {
  const id = useId()
  const shown = value === null ? '' : showMinutes(value)
  const [text, setText] = useState(shown)
  useEffect(() => setText(shown), [shown])
  const read = readMinutes(text)
  const wrong = text.trim() !== '' && read === null
  const settle = () => {
    if (wrong) return
    const minutes = read || null
    setText(minutes === null ? '' : showMinutes(minutes))
    if (minutes !== value) onChange(minutes)
  }
  return (
    <span className={styles.length}>
      <label htmlFor={id}>{label}</label>
      <Input
        id={id}
        size="small"
        value={text}
        maxLength={12}
        placeholder={placeholder}
        status={wrong ? 'error' : undefined}
        aria-invalid={wrong}
        onChange={(event) => setText(event.target.value)}
        onBlur={settle}
      />
    </span>
  )
}
