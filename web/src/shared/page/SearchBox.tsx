import { Input } from 'antd'
import { Search } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { composing, useHotkeys } from '../hotkeys'

interface Props {
  value: string
  label: string
  onChange: (text: string) => void
}

/** Searches a moment after the last key, never while an input method is at work; `/` leads here. */
export function SearchBox({ value, label, onChange }: Props) {
  const [typed, setTyped] = useState(value)
  const box = useRef<React.ComponentRef<typeof Input>>(null)
  const busy = useRef(false)
  const tell = useRef(onChange)
  tell.current = onChange
  useHotkeys({
    '/': (event) => {
      event.preventDefault()
      box.current?.focus()
    },
  })
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed.trim() === value || busy.current) return
    const timer = setTimeout(() => tell.current(typed.trim()), 250)
    return () => clearTimeout(timer)
  }, [typed, value])
  return (
    <Input
      ref={box}
      className="grow"
      allowClear
      prefix={<Search size={14} aria-hidden="true" />}
      placeholder={label}
      aria-label={label}
      value={typed}
      onCompositionStart={() => {
        busy.current = true
      }}
      onCompositionEnd={(event) => {
        busy.current = false
        setTyped(event.currentTarget.value)
      }}
      onChange={(event) => setTyped(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !composing(event)) box.current?.blur()
      }}
    />
  )
}
