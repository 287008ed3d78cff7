import { TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './states.module.css'

interface Props {
  title: ReactNode
  hint?: ReactNode
  tone?: 'warn' | 'danger'
  /** The buttons. */
  children: ReactNode
}

/** A question in place, where the eyes already are, instead of a dialog over everything. */
export function ConfirmBar({ title, hint, tone = 'warn', children }: Props) {
  return (
    <div className={styles.bar} data-tone={tone} role="alert">
      <TriangleAlert size={16} aria-hidden="true" />
      <p>
        <strong>{title}</strong>
        {hint}
      </p>
      {children}
    </div>
  )
}
