import { useQuery } from '@tanstack/react-query'
import { Button, Dropdown } from 'antd'
import { ArrowDown, ArrowUp, Columns3 } from 'lucide-react'
import { memo } from 'react'
import {
  agentsQuery,
  changeView,
  fieldsQuery,
  nameOf,
  type TicketRow,
  teamsQuery,
  type View,
  viewsQuery,
} from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { usePreferences } from '@/shared/theme'
import { ChannelIcon, IconButton, MoodIcon, PriorityIcon, StatusTag, Tag, Time } from '@/shared/ui'
import { ScoreCell } from './ScoreCell'
import type { InboxSearch } from './search'
import styles from './TicketTable.module.css'
import { usual } from './useColumns'

/** By which order a column sorts. */
const orders: Record<string, string> = {
  number: 'number',
  priority: 'priority',
  updated: 'updated',
  created: 'created',
  waiting: 'waiting',
  customer: 'customer',
  score: 'score',
}
const widths: Record<string, string> = {
  number: '76px',
  subject: 'minmax(160px, 4fr)',
  requester: 'minmax(96px, 2fr)',
  tags: 'minmax(96px, 2fr)',
  priority: '84px',
  channel: '72px',
  messages: '72px',
  mood: '56px',
  score: '72px',
}
const track = (columns: string[]) =>
  columns.map((column) => widths[column] ?? 'minmax(84px, 1.4fr)').join(' ')

interface HeadProps {
  columns: string[]
  view: View | undefined
  sort: string | undefined
  change: (search: Partial<InboxSearch>) => void
}

/** Headers that sort, and the choice of columns. */
export function TableHead({ columns, view, sort = 'updated', change }: HeadProps) {
  const { t } = useTranslation()
  const title = (column: string) => t(`columns.${column}` as 'columns.subject')
  return (
    <div className={styles.head} style={{ gridTemplateColumns: `${track(columns)} 32px` }}>
      {columns.map((column) => {
        const order = orders[column]
        const by = sort.replace(/^-/, '')
        if (!order) return <span key={column}>{title(column)}</span>
        const turned = sort.startsWith('-')
        const next = by === order && !turned ? `-${order}` : order
        return (
          <Button
            key={column}
            type="text"
            size="small"
            className={styles.sort}
            aria-label={t('views.sortBy', { name: title(column) })}
            aria-pressed={by === order}
            onClick={() => change({ sort: next })}
          >
            {title(column)}
            {by === order &&
              ((order === 'waiting') !== turned ? (
                <ArrowUp size={12} aria-hidden="true" />
              ) : (
                <ArrowDown size={12} aria-hidden="true" />
              ))}
          </Button>
        )
      })}
      <ColumnChooser columns={columns} view={view} />
    </div>
  )
}

function ColumnChooser({ columns, view }: { columns: string[]; view: View | undefined }) {
  const { t } = useTranslation()
  const set = usePreferences((p) => p.set)
  const { run } = useAction()
  const { data } = useQuery(fieldsQuery)
  const choose = (column: string) => {
    const next = columns.includes(column)
      ? columns.filter((one) => one !== column)
      : [...columns, column]
    if (next.length === 0) return
    if (view?.owner && view.editable) {
      void run(() => changeView(view.id, { columns: next as never }), {
        keys: [viewsQuery.queryKey],
      })
    } else set({ columns: next })
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        multiple: true,
        selectable: true,
        selectedKeys: columns,
        onClick: ({ key }) => choose(key),
        items: (data?.columns ?? usual).map((column) => ({
          key: column,
          label: t(`columns.${column}` as 'columns.subject'),
        })),
      }}
    >
      <span>
        <IconButton icon={Columns3} size="small" label={t('views.columns')} />
      </span>
    </Dropdown>
  )
}

interface RowProps {
  row: TicketRow
  columns: string[]
  active: boolean
  picked: boolean
  onOpen: (row: TicketRow, event: React.MouseEvent) => void
  onHover: (id: string) => void
}

export const TableRow = memo(function TableRow(props: RowProps) {
  const { row, columns, active, picked, onOpen, onHover } = props
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys move along the list and the option around this is named; a cell only takes the mouse
    <div
      role="presentation"
      className={styles.row}
      data-active={active}
      data-picked={picked}
      data-unread={row.unread}
      style={{ gridTemplateColumns: `${track(columns)} 32px` }}
      onClick={(event) => onOpen(row, event)}
      onMouseEnter={() => onHover(row.id)}
    >
      {columns.map((column) => (
        <span key={column} className="truncate">
          <Cell row={row} column={column} />
        </span>
      ))}
    </div>
  )
})

function Cell({ row, column }: { row: TicketRow; column: string }) {
  const { t } = useTranslation()
  const { data: agents } = useQuery({ ...agentsQuery, enabled: column === 'assignee' })
  const { data: teams } = useQuery({ ...teamsQuery, enabled: column === 'team' })
  switch (column) {
    case 'number':
      return `#${row.number}`
    case 'subject':
      return row.subject || t('list.noSubject')
    case 'requester':
      return row.requester.name || t('list.noRequester')
    case 'status':
      return <StatusTag status={row.status} category={row.status_category} />
    case 'priority':
      return (
        <>
          <PriorityIcon priority={row.priority} size={13} /> {t(`priority.${row.priority}`)}
        </>
      )
    case 'assignee':
      return nameOf(agents, row.assignee_id) ?? t('list.unassigned')
    case 'team':
      return nameOf(teams, row.team_id) ?? ''
    case 'channel':
      return <ChannelIcon channel={row.channel} size={14} />
    case 'tags':
      return row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)
    case 'mood':
      return <MoodIcon mood={row.mood} />
    case 'score':
      return <ScoreCell ticket={row.id} version={row.version} />
    case 'messages':
      return row.message_count
    case 'type':
      return row.type
    default:
      return <Moment row={row} column={column} />
  }
}

function Moment({ row, column }: { row: TicketRow; column: string }) {
  const at = {
    waiting: row.waiting_since,
    customer: row.last_customer_at,
    created: row.created_at,
    updated: row.updated_at,
  }[column]
  return at ? <Time at={at} /> : null
}
