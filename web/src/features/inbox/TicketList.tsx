import { ArrowUp, Coffee, SearchX } from 'lucide-react'
import { lazy, Suspense, useCallback } from 'react'
import type { TicketRow, View } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { ButtonLink, Empty, ErrorState, Skeleton, VirtualList } from '@/shared/ui'
import styles from './Inbox.module.css'
import type { InboxSearch } from './search'
import { TicketItem } from './TicketItem'
import { tableRowHeight, useColumns } from './useColumns'
import { useHeadings } from './useHeadings'
import type { useTickets } from './useTickets'

// Most people read the compact list: the table is fetched by who looks at it.
const table = () => import('./TicketTable')
const TableHead = lazy(() => table().then((module) => ({ default: module.TableHead })))
const TableRow = lazy(() => table().then((module) => ({ default: module.TableRow })))
const rowHeight = 78

interface Props {
  search: InboxSearch
  view: View | undefined
  form: 'table' | 'compact'
  change: (search: Partial<InboxSearch>) => void
  tickets: ReturnType<typeof useTickets>
  cursor: string | undefined
  picked: Set<string>
  open: (row: TicketRow, event: React.MouseEvent) => void
  hover: (id: string) => void
}

export function TicketList(props: Props) {
  const { search, view, form, change, tickets, cursor, picked, open, hover } = props
  const { t } = useTranslation()
  const columns = useColumns(view)
  const headings = useHeadings(view?.group_by, tickets.rows)
  const { rows, error, isPending, refetch, waiting, hold, release } = tickets
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = tickets
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
  }, [hasNextPage, isFetchingNextPage, fetchNextPage])

  if (error && rows.length === 0) return <ErrorState error={error} retry={refetch} />
  if (isPending) return <Skeleton lines={12} />
  if (rows.length === 0 && waiting === 0) return <Nothing search={search} />
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only watches where the pointer rests
    <div className={styles.listBody} onMouseEnter={hold} onMouseLeave={release}>
      {waiting > 0 && (
        <button type="button" className={styles.fresh} onClick={release}>
          <ArrowUp size={13} aria-hidden="true" /> {t('list.fresh', { count: waiting })}
        </button>
      )}
      <Suspense fallback={<Skeleton lines={12} />}>
        {form === 'table' && (
          <TableHead
            columns={columns}
            view={view}
            sort={search.sort ?? view?.sort}
            change={change}
          />
        )}
        <VirtualList
          key={form}
          items={rows}
          keyOf={(row) => row.id}
          headings={headings}
          rowHeight={form === 'table' ? tableRowHeight : rowHeight}
          label={t('list.label')}
          activeKey={cursor}
          multiple
          selected={(row) => (picked.size > 0 ? picked.has(row.id) : row.id === search.ticket)}
          onEnd={more}
          total={hasNextPage ? -1 : rows.length}
          className={styles.scroller}
        >
          {(row) => {
            const shared = {
              row,
              active: row.id === (search.ticket ?? cursor),
              picked: picked.has(row.id),
              onOpen: open,
              onHover: hover,
            }
            return form === 'table' ? (
              <TableRow {...shared} columns={columns} />
            ) : (
              <TicketItem {...shared} picking={picked.size > 0} />
            )
          }}
        </VirtualList>
      </Suspense>
    </div>
  )
}

const hints: Partial<
  Record<string, 'list.emptyDone' | 'list.emptyWatching' | 'list.emptySnoozed'>
> = {
  resolved: 'list.emptyDone',
  closed: 'list.emptyDone',
  watching: 'list.emptyWatching',
  snoozed: 'list.emptySnoozed',
}

function Nothing({ search }: { search: InboxSearch }) {
  const { t } = useTranslation()
  const mayConnect = useCan('channel:manage')
  const view = search.view ?? 'mine'
  if (search.q) {
    return (
      <Empty
        icon={SearchX}
        title={t('list.emptySearch', { query: search.q })}
        hint={t('list.emptySearchHint')}
      >
        {view !== 'all' && (
          <ButtonLink to="/inbox" search={{ view: 'all', q: search.q }}>
            {t('list.searchAll')}
          </ButtonLink>
        )}
      </Empty>
    )
  }
  if (view === 'mine') {
    return (
      <Empty icon={Coffee} title={t('list.emptyMine')} hint={t('list.emptyMineHint')}>
        <ButtonLink to="/inbox" search={{ view: 'unassigned' }}>
          {t('list.toUnassigned')}
        </ButtonLink>
      </Empty>
    )
  }
  if (view === 'all' && mayConnect) {
    return (
      <Empty title={t('list.empty')} hint={t('list.emptyFirst')}>
        <ButtonLink to="/admin/channels" color="primary" variant="solid">
          {t('list.toChannels')}
        </ButtonLink>
      </Empty>
    )
  }
  return <Empty title={t('list.empty')} hint={t(hints[view] ?? 'list.emptyHint')} />
}
