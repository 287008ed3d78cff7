import type { ReactNode } from 'react'
import styles from './tags.module.css'

export type Tone = 'neutral' | 'info' | 'brand' | 'warn' | 'ok' | 'danger' | 'violet'

/** A short word on a ground of its meaning. Pairs pass AA in both themes, which the kit's tags do not. */
export function Tag({
  tone = 'neutral',
  title,
  children,
}: {
  tone?: Tone
  title?: string
  children: ReactNode
}) {
  return (
    <span className={`${styles.tag} ${styles.words}`} data-tone={tone} title={title}>
      {children}
    </span>
  )
}
