import { Inbox, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './states.module.css'

interface Props {
  title: string
  hint?: ReactNode
  icon?: LucideIcon
  /** What to do next. */
  children?: ReactNode
}

export function Empty({ title, hint, icon: Icon = Inbox, children }: Props) {
  return (
    <div className={styles.state}>
      <Icon size={28} strokeWidth={1.4} aria-hidden="true" />
      <p className={styles.title}>{title}</p>
      {hint && <p className={styles.hint}>{hint}</p>}
      {children && <div className={styles.actions}>{children}</div>}
    </div>
  )
}
