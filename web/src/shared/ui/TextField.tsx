import type { LucideIcon } from 'lucide-react'
import { forwardRef, type InputHTMLAttributes } from 'react'
import styles from './field.module.css'

type Native = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'className'>
interface Props extends Native {
  icon?: LucideIcon
  onChange: (text: string) => void
}

/** A line to write in, for the screens that are always open: the kit's own costs them eleven kilobytes. */
export const TextField = forwardRef<HTMLInputElement, Props>(function TextField(
  { icon: Icon, onChange, ...input },
  ref,
) {
  return (
    <span className={styles.field}>
      {Icon && <Icon size={14} aria-hidden="true" />}
      <input ref={ref} {...input} onChange={(event) => onChange(event.target.value)} />
    </span>
  )
})
