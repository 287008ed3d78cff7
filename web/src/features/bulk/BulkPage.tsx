import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer, Progress, Segmented } from 'antd'
import { Layers } from 'lucide-react'
import { useState } from 'react'
import { type Bulk, bulkItemsQuery, bulksQuery, type ItemState, isRunning } from '@/shared/api/bulk'
import { useTranslation } from '@/shared/i18n'
import {
  Above,
  type Column,
  Page,
  QueryView,
  RowButton,
  rowLink,
  Small,
  Table,
} from '@/shared/page'
import { Empty, Skeleton, Time } from '@/shared/ui'
import { Anyway } from './Anyway'
import styles from './bulk.module.css'
import { useAct } from './useAct'
import { useReason } from './useReason'

/** Work on many tickets: what runs, what is done, what became of each ticket. */
export function BulkPage() {
  const { t } = useTranslation()
  const query = useQuery(bulksQuery)
  const [opened, open] = useState<string | null>(null)
  const columns = useColumns(open)
  return (
    <Page title={t('bulk.title')} lead={t('bulkPage.lead')} width="wide">
      <QueryView
        query={query}
        empty={<Empty icon={Layers} title={t('bulkPage.none')} hint={t('bulkPage.noneHint')} />}
      >
        {(items) => (
          <Table
            label={t('bulk.title')}
            rows={items}
            keyOf={(bulk) => bulk.id}
            opens
            columns={columns}
          />
        )}
      </QueryView>
      {opened && (
        <Outcomes bulk={query.data?.find(({ id }) => id === opened)} close={() => open(null)} />
      )}
    </Page>
  )
}

function useColumns(open: (id: string) => void): Column<Bulk>[] {
  const { t } = useTranslation()
  return [
    {
      key: 'name',
      title: t('bulkPage.what'),
      cell: (bulk) => (
        <>
          <RowButton onClick={() => open(bulk.id)}>{nameOf(bulk, t('bulk.title'))}</RowButton>
          <Small>{t(`bulkPage.states.${bulk.kind}.${bulk.state}`)}</Small>
        </>
      ),
    },
    {
      key: 'progress',
      title: t('bulkPage.progress'),
      width: 240,
      cell: (bulk) => <Far bulk={bulk} />,
    },
    { key: 'who', title: t('bulkPage.who'), width: 150, cell: (bulk) => bulk.actor.name ?? '' },
    {
      key: 'at',
      title: t('bulkPage.at'),
      width: 120,
      cell: (bulk) => <Time at={bulk.created_at} />,
    },
    {
      key: 'act',
      title: t('bulkPage.act'),
      quiet: true,
      end: true,
      cell: (bulk) => <Act bulk={bulk} />,
    },
  ]
}

export const nameOf = (bulk: Bulk, fallback: string) =>
  bulk.name || bulk.actions.map(({ action }) => action).join(', ') || fallback

function Far({ bulk }: { bulk: Bulk }) {
  const { t } = useTranslation()
  const gone = bulk.done + bulk.skipped + bulk.failed
  return (
    <>
      {isRunning(bulk) && (
        <Progress
          percent={Math.floor((gone * 100) / Math.max(1, bulk.total))}
          status="active"
          size="small"
          aria-label={t('bulkPage.progress')}
        />
      )}
      {t('bulk.counts', { done: bulk.done, total: bulk.total })}
      {bulk.skipped > 0 && <Small>{t('bulk.skipped', { count: bulk.skipped })}</Small>}
      {bulk.failed > 0 && <Small>{t('bulk.failed', { count: bulk.failed })}</Small>}
    </>
  )
}

/** Cancel while it runs, undo afterwards. */
function Act({ bulk }: { bulk: Bulk }) {
  const { t } = useTranslation()
  const { busy, cancel, undo } = useAct()
  const name = nameOf(bulk, t('bulk.title'))
  if (isRunning(bulk)) {
    return (
      <Above>
        <Button
          size="small"
          loading={busy}
          aria-label={t('bulkPage.cancelOne', { name })}
          onClick={() => void cancel(bulk.id)}
        >
          {t('common.cancel')}
        </Button>
      </Above>
    )
  }
  if (bulk.kind === 'undo' || bulk.undone_by || bulk.done === 0) return null
  return (
    <Above>
      <Button
        size="small"
        loading={busy}
        aria-label={t('bulkPage.undoOne', { name })}
        onClick={() => void undo(bulk.id)}
      >
        {t('macros.undo')}
      </Button>
    </Above>
  )
}

const states = ['all', 'done', 'skipped', 'failed', 'waiting'] as const

/** What became of each ticket. */
function Outcomes({ bulk, close }: { bulk: Bulk | undefined; close: () => void }) {
  const { t } = useTranslation()
  const reason = useReason()
  const [state, setState] = useState<ItemState | 'all'>('all')
  const query = useInfiniteQuery(bulkItemsQuery(bulk?.id ?? '', state === 'all' ? null : state))
  if (!bulk) return null
  const items = query.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <Drawer
      open
      size={560}
      title={nameOf(bulk, t('bulk.title'))}
      onClose={close}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <p>
        <Far bulk={bulk} />
      </p>
      {!isRunning(bulk) && <Anyway bulk={bulk} />}
      <Segmented
        value={state}
        aria-label={t('bulkPage.progress')}
        options={states.map((one) => ({ value: one, label: t(`bulkPage.items.${one}`) }))}
        onChange={setState}
      />
      {query.isPending && <Skeleton lines={6} />}
      {!query.isPending && items.length === 0 && <Empty title={t('bulkPage.noItems')} />}
      <ul className={styles.outcomes}>
        {items.map((item) => (
          <li key={item.ticket_id}>
            {item.number === null ? (
              <span>{t('bulk.reasons.ticket_not_found')}</span>
            ) : (
              <Link
                to="/inbox"
                search={{ view: 'all', ticket: item.ticket_id }}
                className={rowLink}
              >
                #{item.number} {item.subject}
              </Link>
            )}
            <small>
              {t(`bulkPage.items.${item.state}`)}
              {item.reason && ` · ${reason(item.reason)}`}
            </small>
          </li>
        ))}
      </ul>
      {query.hasNextPage && (
        <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('bulkPage.more')}
        </Button>
      )}
    </Drawer>
  )
}
