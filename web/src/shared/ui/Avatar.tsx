import type { PresenceState } from '../api'
import styles from './Avatar.module.css'

interface Props {
  name: string
  url?: string | null
  size?: number
  state?: PresenceState
}

/** One hue a name, so that the same person looks the same everywhere. */
export function hueOf(name: string): number {
  let hash = 7
  for (const character of name) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 3600
  return hash % 360
}

/** Two characters that stand for a name: the last of a Chinese one, the initials of a Latin one. */
export function monogram(name: string): string {
  const trimmed = name.trim()
  if (/\p{Script=Han}/u.test(trimmed)) return [...trimmed].slice(-1).join('')
  const words = trimmed.split(/[\s._@-]+/).filter(Boolean)
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase()
}

/** Decoration beside a name that is written out; so it is hidden from screen readers. */
export function Avatar({ name, url, size = 28, state }: Props) {
  return (
    <span
      className={styles.avatar}
      style={{ width: size, height: size, fontSize: size * 0.42, ['--hue' as string]: hueOf(name) }}
      aria-hidden="true"
    >
      {url ? <img src={url} alt="" /> : monogram(name) || '·'}
      {state && <i className={styles.dot} data-state={state} />}
    </span>
  )
}
