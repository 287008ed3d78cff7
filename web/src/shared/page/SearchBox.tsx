import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useRef } from 'react'
import { composing, useHotkeys } from '../hotkeys'
import { useTyped } from '../ui'

interface Props {
  value: string
  label: string
  onChange: (text: string) => void
}

/** Searches a moment after the last key, never while an input method is at work; `/` leads here. */
export function SearchBox({ value, label, onChange }: Props) {
  const { text, setText, composition } = useTyped(value, onChange)
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
      allowClear
      prefix={<Search size={14} aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      value={text}
      onChange={(event) => setText(event.target.value)}
      {...composition}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !composing(event)) box.current?.blur()
      }}
    />
  )
}
