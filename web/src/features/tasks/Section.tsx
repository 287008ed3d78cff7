import { ChevronRight } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import styles from './tasks.module.css'

interface Props {
  title: string
  /** What is to be known while it is closed. */
  note?: ReactNode
  /** Beside the title, whether open or not. */
  actions?: ReactNode
  /** Open from the beginning, because something is in it. */
  open?: boolean
  children: ReactNode
}

/** A part of the panel that folds. */
export function Section({ title, note, actions, open = false, children }: Props) {
  const [chosen, setChosen] = useState<boolean | null>(null)
  const shown = chosen ?? open
  return (
    <section className={styles.section} aria-label={title}>
      <header>
        <button
          type="button"
          className={styles.fold}
          aria-expanded={shown}
          onClick={() => setChosen(!shown)}
        >
          <ChevronRight size={14} aria-hidden="true" />
          <h3>{title}</h3>
          {note && <small className={styles.note}>{note}</small>}
        </button>
        {actions}
      </header>
      {shown && <div className={styles.body}>{children}</div>}
    </section>
  )
}
