import { useQuery } from '@tanstack/react-query'
import { History } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { readValue, wordOf } from '@/features/fields'
import { ChangeSets } from '@/features/slash'
import { agentsQuery, type HistoryEntry, historyQuery, type Id, teamsQuery } from '@/shared/api'
import { fieldsQuery } from '@/shared/api/fields'
import { dayLabel, fullTime, useNow } from '@/shared/format'
import { needWords, useLocale, useTranslation } from '@/shared/i18n'
import { Empty, ErrorState, Skeleton, Time, useStatuses, useZone } from '@/shared/ui'
import { byDay } from './days'
import styles from './ticket.module.css'

const HistoryDetail = lazy(async () => {
  const [module] = await Promise.all([import('./HistoryDetail'), needWords('relations')])
  return module
})
const AnyTime = lazy(() => import('@/shared/ui/AnyTime'))

interface Props {
  ticketId: Id
  asOf?: string
  show: (asOf: string | undefined) => void
}

/** Who changed what and why, newest first; each line leads to the ticket as it was then. */
export function HistoryPanel({ ticketId, asOf, show }: Props) {
  const { t } = useTranslation()
  const { data, error, isPending, refetch } = useQuery(historyQuery(ticketId))
  const locale = useLocale()
  const zone = useZone()
  const now = useNow()
  if (isPending) return <Skeleton lines={8} />
  if (error) return <ErrorState error={error} retry={refetch} />
  // What a decision was made from is told beside the assignment, in words.
  const entries = data.items
    .filter((entry) => entry.type !== 'assignment.decided' && !isQuiet(entry))
    .sort((a, b) => b.at.localeCompare(a.at))
  return (
    <>
      <div className={styles.pick}>
        <Suspense fallback={null}>
          <AnyTime
            label={t('history.pick')}
            value={asOf}
            choose={(at) => show(at.toISOString())}
            clear={() => show(undefined)}
          />
        </Suspense>
      </div>
      <ChangeSets ticket={ticketId} />
      {entries.length === 0 && <Empty icon={History} title={t('history.empty')} />}
      {byDay(entries, zone).map(({ day, items }) => (
        <section key={day}>
          <h3 className={styles.historyDay}>
            {dayLabel(items[0]?.at ?? '', now, locale, zone, {
              today: t('common.today'),
              yesterday: t('common.yesterday'),
            })}
          </h3>
          <ol className={styles.history}>
            {items.map((entry) => (
              <Entry key={entry.id} ticket={ticketId} entry={entry} show={show} />
            ))}
          </ol>
        </section>
      ))}
    </>
  )
}

const told = new Set([
  'status',
  'priority',
  'assignee_id',
  'team_id',
  'tags',
  'subject',
  'snoozed_until',
  'type',
])

const ownField = 'field.'

/** What people want to read: a new ticket has no before, and inner fields follow from others. */
function shownChanges({ type, changes }: HistoryEntry) {
  if (type === 'ticket.created') return []
  return Object.entries(changes).filter(([field]) => told.has(field) || field.startsWith(ownField))
}

/** A message was read and nothing new followed from it. */
const isQuiet = ({ type, changes }: HistoryEntry) =>
  type === 'message.understood' && Object.keys(changes).length === 0

interface EntryProps {
  ticket: Id
  entry: HistoryEntry
  show: Props['show']
}

function Entry({ ticket, entry, show }: EntryProps) {
  const { t } = useTranslation()
  const system = !entry.actor?.name || entry.actor.kind === 'system'
  const actor = system ? t('common.system') : entry.actor?.name
  const what = t(`history.events.${entry.type}` as 'history.events.ticket.created', {
    defaultValue: entry.type,
  })
  const cause = entry.cause?.reason ?? entry.cause?.rule ?? entry.cause?.kind
  const state = entry.type === 'message.delivery_changed' ? entry.data.state : undefined
  return (
    <li>
      <header>
        <span>
          <strong>{actor}</strong> {what}
          {typeof state === 'string' && ` · ${t(`delivery.${state}` as 'delivery.sent')}`}
        </span>
        <Time at={entry.at} style="clock" />
      </header>
      {shownChanges(entry).map(([field, [from, to]]) => (
        <Change key={field} field={field} from={from} to={to} />
      ))}
      <Suspense fallback={null}>
        <HistoryDetail ticket={ticket} entry={entry} />
      </Suspense>
      {typeof cause === 'string' && (
        <small>
          {t('history.cause', {
            cause: t(`history.causes.${cause}` as 'history.causes.answered', {
              defaultValue: cause,
            }),
          })}
        </small>
      )}
      <button type="button" className={styles.asOf} onClick={() => show(entry.at)}>
        {t('history.asOf')}
      </button>
    </li>
  )
}

function Change({ field, from, to }: { field: string; from: unknown; to: unknown }) {
  const { t } = useTranslation()
  const own = useOwnField(field)
  const readable = useReadable(field)
  const read = own?.read ?? readable
  const name =
    own?.name ?? t(`history.fields.${field}` as 'history.fields.status', { defaultValue: field })
  return (
    <p className={styles.change}>
      {name}: <del>{read(from)}</del> → <ins>{read(to)}</ins>
    </p>
  )
}

/** A custom field by its name, and its values as they are read elsewhere. */
function useOwnField(name: string) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const own = name.startsWith(ownField)
  const { data: fields } = useQuery({ ...fieldsQuery('ticket'), enabled: own })
  const { data: agents } = useQuery({ ...agentsQuery, enabled: own })
  const key = name.slice(ownField.length)
  const field = fields?.find((one) => one.key === key)
  if (!own) return null
  if (!field) return { name: key, read: undefined }
  const names = new Map((agents ?? []).map((agent) => [agent.id, agent.name]))
  const words = { yes: t('common.yes'), no: t('common.no'), empty: t('history.nothing') }
  return {
    name: wordOf(field.name, locale, key),
    read: (value: unknown) => readValue(field, value, { locale, zone, names, ...words }),
  }
}

/** A value of the log in words: names instead of ids, times where the workspace is. */
function useReadable(field: string) {
  const { t } = useTranslation()
  const locale = useLocale()
  const zone = useZone()
  const statuses = useStatuses()
  const { data: agents } = useQuery(agentsQuery)
  const { data: teams } = useQuery(teamsQuery)
  const name = (items: { id: Id; name: string }[] | undefined, value: unknown) =>
    items?.find((item) => item.id === String(value))?.name ?? String(value)
  const byField: Record<string, (value: string) => string> = {
    status: statuses.name,
    priority: (value) => t(`priority.${value as 'low'}`, { defaultValue: value }),
    assignee_id: (value) => name(agents, value),
    team_id: (value) => name(teams, value),
    snoozed_until: (value) => fullTime(value, locale, zone),
  }
  return (value: unknown): string => {
    if (value === null || value === undefined || value === '') return t('history.nothing')
    if (Array.isArray(value)) return value.map(String).join('、') || t('history.nothing')
    if (typeof value === 'object') return JSON.stringify(value)
    return byField[field]?.(String(value)) ?? String(value)
  }
}
