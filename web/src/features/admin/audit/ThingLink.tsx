import { Link } from '@tanstack/react-router'
import type { AuditEntry } from '@/shared/api/admin'
import { placeOf } from './things'
import { useWords } from './useWords'

/** What an entry is about, by its name; a link where there is a page of it. */
export function ThingLink({ entry }: { entry: AuditEntry }) {
  const words = useWords()
  const text = words.object(entry.object)
  const place = placeOf(entry.action, entry.object, entry.detail)
  if (!place || !text) return text
  return <Link {...(place as { to: '/inbox' })}>{text}</Link>
}
