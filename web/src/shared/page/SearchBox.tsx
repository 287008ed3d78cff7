import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useRef } from 'react'
import { composing, useHotkeys } from '../hotkeys'
import { useTyped } from '../ui'

interface Props {
  value: string
  label: string
  onChange: (text: string) => void
  /** It is what the page is for: larger, and one types at once. */
  main?: boolean
  /** The down arrow: to what was found. */
  onDown?: () => void
}

/**
 * Searches a moment after the last key and with Enter at once, never while an input method is at work;
 * `/` leads here.
 */
export function SearchBox({ value, label, onChange, main = false, onDown }: Props) {
  const { text, setText, composition } = useTyped(value, onChange, main ? 180 : undefined)
  const box = useRef<React.ComponentRef<typeof Input>>(null)
  useHotkeys({
    '/': (event) => {
      event.preventDefault()
      box.current?.focus()
    },
  })
  return (
    <Input
      ref={box}
      className="grow"
      size={main ? 'large' : undefined}
      autoFocus={main}
      allowClear
      prefix={<Search size={main ? 16 : 14} aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      {...composition}
      onPressEnter={(event) => {
        if (!composing(event)) onChange(text.trim())
      }}
      onKeyDown={(event) => {
        if (composing(event)) return
        if (event.key === 'Escape') box.current?.blur()
        if (event.key !== 'ArrowDown' || !onDown) return
        event.preventDefault()
        onDown()
      }}
    />
  )
}
