import { useQuery } from '@tanstack/react-query'
import { Paperclip, Zap } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'
import type { Id } from '@/shared/api'
import { catalogueQuery, macroPreviewQuery, type Offered } from '@/shared/api/macros'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './slash.module.css'

interface Props {
  ticket: Id
  items: Offered[]
  active: number
  at: DOMRect | null
  choose: (item: Offered) => void
}

const width = 640

export function MacroList({ ticket, items, active, at, choose }: Props) {
  const { t } = useTranslation()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    box.current?.querySelector(`[data-at="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  if (!at) return null
  const chosen = items[active]
  const left = Math.max(8, Math.min(at.left, window.innerWidth - width - 8))
  return createPortal(
    <div className={styles.popup} style={{ left, bottom: window.innerHeight - at.top + 6 }}>
      <div ref={box} role="listbox" aria-label={t('macros.title')} className={styles.items}>
        {items.length === 0 && <p>{t('macros.none')}</p>}
        {items.map((item, index) => (
          <div
            key={item.id}
            role="option"
            className={styles.item}
            tabIndex={-1}
            data-at={index}
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault()
              choose(item)
            }}
          >
            <span className="truncate">{item.title}</span>
            {item.actions.length > 0 && <Zap size={12} aria-label={t('macros.acts')} />}
            {item.attachments > 0 && <Paperclip size={12} aria-label={t('macros.files')} />}
            {item.shortcut && <kbd>/{item.shortcut}</kbd>}
            {item.folder && <small className={`${styles.where} truncate`}>{item.folder}</small>}
          </div>
        ))}
      </div>
      {chosen && <Preview ticket={ticket} macro={chosen} />}
    </div>,
    document.body,
  )
}

/** The text as it will be inserted, and what each action would change right now. */
function Preview({ ticket, macro }: { ticket: Id; macro: Offered }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const acts = macro.actions.length > 0
  const { data } = useQuery({ ...macroPreviewQuery(ticket, macro.id), enabled: acts })
  const { data: known } = useQuery({ ...catalogueQuery, enabled: acts })
  const nameOf = (id: string) => {
    const names = known?.actions.find((one) => one.id === id)?.name
    return names?.[locale.slice(0, 2)] ?? id
  }
  return (
    <div className={styles.preview}>
      {macro.text ? <p>{macro.text}</p> : <p className={styles.faint}>{t('macros.noText')}</p>}
      {acts && (
        <ul>
          {(data?.actions ?? []).map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same action may come twice, in this order
            <li key={at} data-state={one.refused ? 'refused' : one.nothing ? 'nothing' : 'does'}>
              {nameOf(one.action)}
              {one.refused && <small className={styles.why}>{one.detail}</small>}
              {one.nothing && !one.refused && (
                <small className={styles.why}>{t('macros.nothing')}</small>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
