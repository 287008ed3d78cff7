import { useNavigate, useRouter } from '@tanstack/react-router'
import { Button } from 'antd'
import { Compass, MousePointerClick } from 'lucide-react'
import { lazy, memo, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { TicketRow } from '@/shared/api'
import type { Selection } from '@/shared/api/bulk'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { useMe } from '@/shared/session'
import { usePreferences } from '@/shared/theme'
import { Empty, lazily, Skeleton, usePhone, useStable, whenIdle } from '@/shared/ui'
import styles from './Inbox.module.css'
import { ListHeader } from './ListHeader'
import { ahead, neighbour } from './order'
import type { InboxSearch } from './search'
import { TicketList } from './TicketList'
import { useForm } from './useForm'
import { useListKeys } from './useListKeys'
import { usePicked } from './usePicked'
import { usePrefetch, useTickets } from './useTickets'
import { useViews, Views } from './Views'

const BulkBar = lazy(() => import('./BulkBar').then((m) => ({ default: m.BulkBar })))
const ChangedBar = lazy(() => import('./ListFilter').then((m) => ({ default: m.ChangedBar })))

const Conversation = lazily(async () => {
  const { Conversation: found, Editor } = await import('@/features/conversation')
  Editor.preload()
  return { default: found }
})

export function Inbox({ search }: { search: InboxSearch }) {
  const { views } = useViews()
  const form = useForm(search)
  const current = views.find((view) => view.id === (search.view ?? 'mine'))
  const tickets = useTickets(search, current?.group_by ?? undefined)
  const { rows } = tickets
  const viewsOpen = usePreferences((p) => p.viewsOpen)
  const change = useChange()
  const prefetch = usePrefetch()
  const field = useRef<HTMLInputElement>(null)
  const { cursor, moveCursor } = useCursor(search.ticket)
  const ids = useMemo(() => rows.map((row) => row.id), [rows])
  const { picked, toggle, range, all, clear, setAnchor } = usePicked(ids)
  const [whole, setWhole] = useState(false)
  const drop = useCallback(() => {
    setWhole(false)
    clear()
  }, [clear])
  const openId = useCallback(
    (id: string) => change({ ticket: id, as_of: undefined, panel: undefined }),
    [change],
  )

  const open = useStable((row: TicketRow, event: React.MouseEvent) => {
    if (event.shiftKey) return range(row.id)
    if (event.metaKey || event.ctrlKey || picked.size > 0) return toggle(row.id)
    setAnchor(row.id)
    openId(row.id)
  })
  const goNext = useGoNext(rows, search.ticket, openId, () => change({ ticket: undefined }))
  const choose = useCallback((view: string) => change({ ...fresh, view }), [change])
  const listed = useListed(search)
  useListKeys({
    rows,
    cursor,
    opened: search.ticket,
    moveCursor,
    open: openId,
    toggle: (id) => {
      setWhole(false)
      toggle(id)
    },
    range,
    pickAll: all,
    clearPicked: drop,
    focusSearch: () => field.current?.focus(),
  })
  useAhead(rows, cursor, prefetch)
  // What opening a ticket is drawn with comes while the list is looked at.
  useEffect(() => whenIdle(Conversation.preload), [])

  return (
    <div
      className={styles.inbox}
      data-views={viewsOpen}
      data-form={form}
      data-open={Boolean(search.ticket)}
    >
      {viewsOpen && (
        <div className={styles.viewsPane}>
          <Views current={search.view ?? 'mine'} choose={choose} />
        </div>
      )}
      <div className={styles.listPane} data-tour="list">
        <ListHeader ref={field} search={listed} change={change} />
        {(search.condition || search.sort) && (
          <Suspense fallback={null}>
            <ChangedBar view={current} search={listed} change={change} />
          </Suspense>
        )}
        {picked.size > 0 && (
          <Suspense fallback={null}>
            <BulkBar
              ids={[...picked]}
              everything={
                picked.size === rows.length && !search.condition ? everythingOf(search) : null
              }
              all={whole}
              takeAll={setWhole}
              clear={drop}
            />
          </Suspense>
        )}
        <TicketList
          search={search}
          view={current}
          form={form}
          change={change}
          tickets={tickets}
          cursor={cursor}
          picked={picked}
          open={open}
          hover={prefetch}
        />
      </div>
      {form === 'compact' && (
        <div className={styles.ticketPane}>
          <Pane search={search} change={change} next={goNext} />
        </div>
      )}
    </div>
  )
}

/** What is opened next is fetched before: a step back, and as far ahead as a hurried reader gets. */
function useAhead(
  rows: TicketRow[],
  current: string | undefined,
  prefetch: (id: string | undefined) => void,
) {
  useEffect(() => {
    const near = ahead(rows, current)
    return whenIdle(() => near.forEach(prefetch), 250)
  }, [current, rows, prefetch])
}

/** The row that keys start from: what is open, else what was chosen last, else what was open last. */
function useCursor(opened: string | undefined) {
  const [chosen, setChosen] = useState<string>()
  const last = useRef<string>(undefined)
  if (opened) last.current = opened
  // With a ticket open the address moves the cursor: drawing the old ticket once more would be in vain.
  const moveCursor = useStable((id: string) => setChosen(opened ? undefined : id))
  useEffect(() => {
    if (opened) setChosen(undefined)
  }, [opened])
  return { cursor: opened ?? chosen ?? last.current, moveCursor }
}

/** What the address says of the list: the same while one leafs through its tickets. */
function useListed({ view, q, sort, condition }: InboxSearch): InboxSearch {
  return useMemo(() => ({ view, q, sort, condition }), [view, q, sort, condition])
}

/** All that the list would show if it were loaded to its end. */
const everythingOf = ({ view, q }: InboxSearch): Selection => ({
  ids: null,
  everything: true,
  view: view ?? 'mine',
  q: q ?? null,
})

/** Another view starts without what was asked of the last one. */
const fresh = { ticket: undefined, q: undefined, sort: undefined, condition: undefined }

type Change = (search: Partial<InboxSearch>) => void

interface PaneProps {
  search: InboxSearch
  change: Change
  next: () => void
}

/** Drawn for its ticket only: what happens in the list does not concern it. */
const Pane = memo(function Pane({ search, change, next }: PaneProps) {
  const { t } = useTranslation()
  if (!search.ticket) {
    return (
      <Empty icon={MousePointerClick} title={t('ticket.none')} hint={t('ticket.noneHint')}>
        <Invitation />
      </Empty>
    )
  }
  return (
    <Suspense fallback={<Skeleton lines={8} />}>
      <Conversation
        id={search.ticket}
        asOf={search.as_of}
        history={search.panel === 'history'}
        setHistory={(open) =>
          change({ panel: open ? 'history' : undefined, as_of: open ? search.as_of : undefined })
        }
        setAsOf={(as_of) => change({ as_of })}
        back={() => change({ ticket: undefined, as_of: undefined })}
        next={next}
      />
    </Suspense>
  )
})

/** Offered to whoever has not seen the tour; never forced upon anybody. */
function Invitation() {
  const { t } = useTranslation()
  const { tour } = useMe().agent.preferences as { tour?: { done?: boolean } }
  const show = useOverlay((state) => state.show)
  if (tour?.done) return null
  return (
    <Button icon={<Compass size={15} aria-hidden="true" />} onClick={() => show('tour')}>
      {t('menu.tour')}
    </Button>
  )
}

/** On a phone a ticket lies over its list: from any of them it is one step back, by button or gesture. */
function useChange(): Change {
  const navigate = useNavigate()
  const { history } = useRouter()
  const phone = usePhone()
  const overList = useRef(false)
  return useCallback(
    (search) => {
      const within = phone && new URLSearchParams(window.location.search).has('ticket')
      const closes = 'ticket' in search && search.ticket === undefined && !('view' in search)
      if (within && closes && overList.current) {
        overList.current = false
        return history.back()
      }
      if (search.ticket && !within) overList.current = true
      const replace = within && 'ticket' in search
      void navigate({ to: '/inbox', search: (old) => ({ ...old, ...search }), replace })
    },
    [navigate, history, phone],
  )
}

/** After one is done: the next of the list, the list itself, or nothing changes; as the agent likes. */
function useGoNext(
  rows: TicketRow[],
  current: string | undefined,
  open: (id: string) => void,
  close: () => void,
) {
  const wish = usePreferences((p) => p.afterResolve)
  return useStable(() => {
    if (wish === 'stay') return
    const next = neighbour(rows, current, 1) ?? neighbour(rows, current, -1)
    if (wish === 'next' && next && next.id !== current) open(next.id)
    else close()
  })
}
