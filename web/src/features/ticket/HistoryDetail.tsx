import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import type { HistoryEntry, Id } from '@/shared/api'
import { relationsQuery } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import styles from './ticket.module.css'

type Data = HistoryEntry['data']
const text = (value: unknown) => (typeof value === 'string' ? value : '')
const count = (value: unknown) => (Array.isArray(value) ? value.length : 0)

/** What an entry says besides changed fields: which other ticket, how many messages, which promise. */
export default function HistoryDetail({ ticket, entry }: { ticket: Id; entry: HistoryEntry }) {
  const { t } = useTranslation()
  const { data } = entry
  const line = lines[entry.type]
  if (!line) return null
  const { words, other } = line(t, data)
  return (
    <p className={styles.change}>
      {words} {other && <Other ticket={ticket} id={other} />}
    </p>
  )
}

type T = TFunction
interface Line {
  words: string
  other?: Id
}

const roleOf = (t: T, data: Data) =>
  t(`relations.roles.${text(data.role)}` as 'relations.roles.child', { defaultValue: '' })
const promise = (t: T, data: Data): Line => ({
  words: t(`due.kinds.${text(data.kind)}` as 'due.kinds.update', { defaultValue: '' }),
})

const lines: Record<string, (t: T, data: Data) => Line> = {
  'ticket.linked': (t, data) => ({
    words: `${t('relations.told.is')} ${roleOf(t, data)}`,
    other: text(data.other_id),
  }),
  'ticket.unlinked': (t, data) => ({
    words: `${t('relations.told.was')} ${roleOf(t, data)}`,
    other: text(data.other_id),
  }),
  'ticket.merged': (t, data) => ({ words: t('relations.told.into'), other: text(data.into_id) }),
  'ticket.split': (t, data) => ({ words: t('relations.told.newOne'), other: text(data.new_id) }),
  'ticket.messages_moved': (t, data) => {
    const moved = { count: count(data.message_ids) }
    const words = data.way === 'in' ? t('relations.told.in', moved) : t('relations.told.out', moved)
    return { words, other: text(data.other_id) }
  },
  'ticket.incidents_answered': (t, data) => ({
    words: t('relations.told.incidents', { count: count(data.message_ids) }),
  }),
  'ticket.operation_undone': (t, data) => {
    const kind = t(`relations.kinds.${text(data.kind)}` as 'relations.kinds.merge', {
      defaultValue: '',
    })
    const left = Array.isArray(data.left_alone) ? data.left_alone.map(String).join(', ') : ''
    return { words: left ? `${kind}; ${t('relations.told.leftAlone', { names: left })}` : kind }
  },
  'panel_link.opened': (_t, data) => ({ words: `${text(data.source)} · ${text(data.host)}` }),
  'sla.warning': promise,
  'sla.breached': promise,
  'sla.met': promise,
  'sla.escalation_due': promise,
}

/** Another ticket by its number where this one still knows it. */
function Other({ ticket, id }: { ticket: Id; id: Id }) {
  const { t } = useTranslation()
  const { data } = useQuery(relationsQuery(ticket))
  const known = [...(data?.links.map((link) => link.ticket) ?? []), ...(data?.merged ?? [])].find(
    (one) => one.id === id,
  )
  return (
    <Link to="/inbox" search={{ view: 'all', ticket: id }}>
      {known ? `#${known.number} ${known.subject}` : t('relations.other')}
    </Link>
  )
}
