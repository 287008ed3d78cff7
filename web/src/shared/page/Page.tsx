import { ChevronLeft } from 'lucide-react'
import { type ReactNode, useEffect } from 'react'
import { useTranslation } from '../i18n'
import styles from './page.module.css'

interface Props {
  title: ReactNode
  /** For the tab of the browser, when the title is more than text. */
  name?: string
  lead?: ReactNode
  actions?: ReactNode
  /** A link to what lies above: given as a function so that any router link fits. */
  back?: (look: { className: string | undefined; children: ReactNode }) => ReactNode
  backText?: string
  width?: 'narrow' | 'normal' | 'wide'
  children: ReactNode
}

/** The frame of a screen that is not the inbox: heading, one line that explains it, what to do. */
export function Page({ title, name, lead, actions, back, backText, width, children }: Props) {
  const { t } = useTranslation()
  const tab = name ?? (typeof title === 'string' ? title : null)
  useEffect(() => {
    if (!tab) return
    const before = document.title
    document.title = `${tab} · ${t('app.name')}`
    return () => {
      document.title = before
    }
  }, [tab, t])
  return (
    <div className={styles.page}>
      <div className={styles.inner} data-width={width ?? 'normal'}>
        {back?.({
          className: styles.back,
          children: (
            <>
              <ChevronLeft size={16} aria-hidden="true" />
              {backText}
            </>
          ),
        })}
        <header className={styles.head}>
          <div>
            <h1>{title}</h1>
            {lead && <p className={styles.lead}>{lead}</p>}
          </div>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
        {children}
      </div>
    </div>
  )
}

interface CardProps {
  title?: ReactNode
  hint?: ReactNode
  actions?: ReactNode
  /** The content brings its own padding, as tables do. */
  flush?: boolean
  children: ReactNode
}

export function Card({ title, hint, actions, flush = false, children }: CardProps) {
  return (
    <section className={styles.card}>
      {title && (
        <header>
          <h2>{title}</h2>
          {actions}
          {hint && <p>{hint}</p>}
        </header>
      )}
      <div className={flush ? undefined : styles.body}>{children}</div>
    </section>
  )
}

/** Filters and search above a list. */
export const Bar = ({ children }: { children: ReactNode }) => (
  <div className={styles.bar}>{children}</div>
)
export const Foot = ({ children }: { children: ReactNode }) => (
  <div className={styles.foot}>{children}</div>
)
export const Two = ({ children }: { children: ReactNode }) => (
  <div className={styles.two}>{children}</div>
)
