import { Frown, OctagonAlert } from 'lucide-react'
import type { TicketRow } from '../api'
import { useTranslation } from '../i18n'
import styles from './tags.module.css'

/** The customer is upset, or said what calls for a person in charge: known by shape and word, not by colour. */
export function MoodIcon({ mood }: { mood: TicketRow['mood'] }) {
  const { t } = useTranslation()
  if (!mood) return null
  const name = t(`mood.${mood}`)
  const Icon = mood === 'grave' ? OctagonAlert : Frown
  return (
    <span className={styles.icon} data-tone="danger" title={name}>
      <Icon size={14} aria-hidden="true" />
      <span className="sr-only">{name}</span>
    </span>
  )
}
