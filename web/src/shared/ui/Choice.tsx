import { Dropdown, type MenuProps } from 'antd'
import { ChevronDown } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './choice.module.css'

export interface MenuState {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  disabled?: boolean
}

/** A value that opens a menu of the others. */
export function Choice({
  label,
  items,
  disabled,
  open,
  onOpenChange,
  children,
}: MenuState & { label: string; items: MenuProps['items']; children: ReactNode }) {
  return (
    <Dropdown
      menu={{ items, autoFocus: true } as MenuProps}
      trigger={['click']}
      disabled={disabled}
      {...(open === undefined ? {} : { open })}
      onOpenChange={onOpenChange}
      autoFocus
    >
      <button type="button" className={styles.choice} disabled={disabled} aria-haspopup="menu">
        <span className="sr-only">{label}: </span>
        {children}
        {!disabled && <ChevronDown size={13} aria-hidden="true" className={styles.chevron} />}
      </button>
    </Dropdown>
  )
}
