import { type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import type { MenuState } from './Choice'
import styles from './choice.module.css'

interface Props extends MenuState {
  label: string
  /** The value as it is read; without one, what stands in its place. */
  children: ReactNode
  /** The picker, loaded when it is asked for: drawn open and with the focus. */
  picker: (state: Required<Omit<MenuState, 'disabled'>>) => ReactNode
}

/**
 * A value that turns into its picker when it is to be changed. A list of values is read a hundred times for each
 * change, so neither the picker's code nor its drawing is paid for before.
 */
export function OnDemand({ label, children, picker, disabled = false, ...menu }: Props) {
  const [inner, setInner] = useState(false)
  const open = (menu.open ?? inner) && !disabled
  const change = menu.onOpenChange ?? setInner
  const button = useRef<HTMLButtonElement>(null)
  const wasOpen = useRef(false)
  useEffect(() => {
    // What had the focus is gone with the picker: it goes back to where it came from.
    if (wasOpen.current && !open && document.activeElement === document.body)
      button.current?.focus()
    wasOpen.current = open
  }, [open])
  const value = (
    <button
      ref={button}
      type="button"
      className={styles.choice}
      disabled={disabled}
      aria-haspopup="listbox"
      aria-expanded={open}
      onClick={() => change(true)}
    >
      <span className="sr-only">{label}: </span>
      <span className={styles.value}>{children}</span>
    </button>
  )
  if (!open) return value
  return <Suspense fallback={value}>{picker({ open, onOpenChange: change })}</Suspense>
}
