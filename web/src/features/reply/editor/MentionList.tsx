import { Users } from 'lucide-react'
import { createPortal } from 'react-dom'
import { useTranslation } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import styles from './Editor.module.css'
import type { Mentionable } from './mentions'

interface Props {
  items: Mentionable[]
  active: number
  at: DOMRect | null
  choose: (item: Mentionable) => void
}

export function MentionList({ items, active, at, choose }: Props) {
  const { t } = useTranslation()
  if (!at) return null
  return createPortal(
    <div
      className={styles.mentions}
      role="listbox"
      aria-label={t('reply.agents')}
      style={{
        left: Math.min(at.left, window.innerWidth - 260),
        bottom: window.innerHeight - at.top + 6,
      }}
    >
      {items.length === 0 && <p>{t('reply.mentionEmpty')}</p>}
      {items.map((item, index) => (
        <div
          key={`${item.kind}-${item.id}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault()
            choose(item)
          }}
        >
          {item.kind === 'team' ? (
            <Users size={16} aria-hidden="true" />
          ) : (
            <Avatar name={item.name} size={22} state={item.state} />
          )}
          <span className="truncate">{item.name}</span>
        </div>
      ))}
    </div>,
    document.body,
  )
}
