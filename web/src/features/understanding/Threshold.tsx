import { InputNumber } from 'antd'
import { useState } from 'react'

interface Props {
  label: string
  value: number
  disabled?: boolean
  save: (share: number) => void
}

/** A share as a whole percentage; saved when the field is left or by Enter. */
export function Threshold({ label, value, disabled = false, save }: Props) {
  const [typed, setTyped] = useState<number | null>(null)
  const known = Math.round(value * 100)
  const settle = () => {
    if (typed !== null && typed !== known) save(typed / 100)
    setTyped(null)
  }
  return (
    <InputNumber
      aria-label={label}
      min={0}
      max={100}
      precision={0}
      suffix="%"
      style={{ width: 96 }}
      disabled={disabled}
      value={typed ?? known}
      onChange={setTyped}
      onBlur={settle}
      onPressEnter={settle}
    />
  )
}
