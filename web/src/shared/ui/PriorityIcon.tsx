import type { Priority } from '../api'
import { useTranslation } from '../i18n'
import styles from './tags.module.css'

const bars = { low: 1, normal: 2, high: 3, urgent: 4 } satisfies Record<Priority, number>
const tones = {
  low: 'neutral',
  normal: 'neutral',
  high: 'warn',
  urgent: 'danger',
} satisfies Record<Priority, string>

/** Rising bars; urgent is a filled mark, so that it is known by shape and not by colour alone. */
export function PriorityIcon({ priority, size = 14 }: { priority: Priority; size?: number }) {
  const { t } = useTranslation()
  const name = t(`priority.${priority}`)
  const filled = bars[priority] ?? 2
  return (
    <span
      className={styles.icon}
      data-tone={tones[priority]}
      title={`${t('priority.label')}: ${name}`}
    >
      <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
        {priority === 'urgent' ? (
          <>
            <rect x="1" y="1" width="14" height="14" rx="4" fill="currentColor" />
            <path d="M8 4v5" stroke="var(--panel)" strokeWidth="2" strokeLinecap="round" />
            <circle cx="8" cy="11.7" r="1.200" fill="var(--panel)" />
          </>
        ) : (
          [0, 1, 2].map((bar) => (
            <rect
              key={bar}
              x={2 + bar * 4.5}
              y={10 - bar * 3.5}
              width="3"
              height={4 + bar * 3.5}
              rx="1"
              fill="currentColor"
              opacity={bar < filled ? 1 : 0.25}
            />
          ))
        )}
      </svg>
      <span className="sr-only">{name}</span>
    </span>
  )
}
