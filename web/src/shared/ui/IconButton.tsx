import { Button, type ButtonProps } from 'antd'
import type { LucideIcon } from 'lucide-react'
import { keyLabel } from '../hotkeys'

interface Props extends Omit<ButtonProps, 'icon' | 'children'> {
  icon: LucideIcon
  label: string
  keys?: string
  pressed?: boolean
}

/**
 * A button of one icon: named for screen readers, with its key in the tip. The tip is the browser's own:
 * a screen holds some twenty of these, and the kit's tip cost more than the rest of a ticket.
 */
export function IconButton({ icon: Icon, label, keys, pressed, ...rest }: Props) {
  return (
    <Button
      type="text"
      title={keys ? `${label}  ${keyLabel(keys)}` : label}
      aria-label={label}
      aria-pressed={pressed}
      aria-keyshortcuts={keys}
      icon={<Icon size={16} aria-hidden="true" />}
      {...rest}
    />
  )
}
