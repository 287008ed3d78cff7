import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { ListOrdered } from 'lucide-react'
import { useDeferredValue, useEffect, useState } from 'react'
import {
  type PriorityPreview as Found,
  type PriorityWeights,
  priorityPreviewQuery,
} from '@/shared/api/assignment'
import { span } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, Small, Table } from '@/shared/page'
import { Empty, ErrorState, Skeleton, Tag } from '@/shared/ui'
import styles from './priority.module.css'

const settles = 250

/** The line as the weights would make it, beside the line now. */
export function PriorityPreview({
  weights,
  enough,
}: {
  weights: PriorityWeights
  enough: boolean
}) {
  const { t } = useTranslation()
  const tried = useSettled(weights)
  const { data, error, refetch, isFetching } = useQuery({
    ...priorityPreviewQuery(tried),
    enabled: enough,
  })
  return (
    <Card title={t('assignment.priority.preview')}>
      {error && !data ? (
        <ErrorState error={error} retry={refetch} />
      ) : data ? (
        <div aria-busy={isFetching} aria-live="polite">
          <Line found={data} />
        </div>
      ) : (
        <Skeleton lines={6} />
      )}
    </Card>
  )
}

/** The weights once they have not moved for a moment. */
function useSettled(weights: PriorityWeights) {
  const latest = useDeferredValue(weights)
  const [settled, setSettled] = useState(weights)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(latest), settles)
    return () => clearTimeout(timer)
  }, [latest])
  return settled
}

function Line({ found }: { found: Found }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const p = 'assignment.priority'
  const reach = (
    <p className={styles.reach}>
      {t(`${p}.reach`, { time: span(found.reach_minutes * 60, locale) })}
    </p>
  )
  if (found.items.length === 0) {
    return (
      <>
        <Empty icon={ListOrdered} title={t(`${p}.empty`)} hint={t(`${p}.emptyHint`)} />
        {reach}
      </>
    )
  }
  return (
    <>
      <p className={styles.reach}>
        {found.scope === 'open' && <>{t(`${p}.previewOpen`)} · </>}
        {t(`${p}.total`, { count: found.total })} · {t(`${p}.moved`, { count: found.moved })}
      </p>
      <Table
        label={t(`${p}.preview`)}
        rows={found.items}
        keyOf={(one) => one.ticket_id}
        columns={[
          { key: 'place', title: t(`${p}.place`), width: 64, cell: (one) => one.after },
          {
            key: 'ticket',
            title: t(`${p}.ticket`),
            cell: (one) => (
              <>
                <Link to="/inbox" search={{ view: 'all', ticket: one.ticket_id }}>
                  #{one.number} {one.subject}
                </Link>
                <Small>
                  <Moved before={one.before} after={one.after} />
                </Small>
              </>
            ),
          },
          {
            key: 'score',
            title: t(`${p}.score`),
            width: 96,
            end: true,
            cell: (one) => `${Math.round(one.score_before)} → ${Math.round(one.score_after)}`,
          },
        ]}
      />
      {reach}
    </>
  )
}

function Moved({ before, after }: { before: number; after: number }) {
  const { t } = useTranslation()
  if (before === after) return t('assignment.priority.same')
  const up = after < before
  return (
    <Tag tone={up ? 'ok' : 'warn'}>
      {up ? '↑' : '↓'} {t('assignment.priority.was', { place: before })}
    </Tag>
  )
}
