import { Button, type ButtonProps, Tooltip } from 'antd'
import type { LucideIcon } from 'lucide-react'
import { keyLabel } from '../hotkeys'

interface Props extends Omit<ButtonProps, 'icon' | 'children'> {
  icon: LucideIcon
  label: string
  keys?: string
  pressed?: boolean
}

/** A button of one icon: named for screen readers, with its key in the tip. */
export function IconButton({ icon: Icon, label, keys, pressed, ...rest }: Props) {
  return (
    <Tooltip title={keys ? `${label}  ${keyLabel(keys)}` : label} mouseEnterDelay={0.4}>
      <Button
        type="text"
        aria-label={label}
        aria-pressed={pressed}
        aria-keyshortcuts={keys}
        icon={<Icon size={16} aria-hidden="true" />}
        {...rest}
      />
    </Tooltip>
  )
}
