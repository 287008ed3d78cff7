import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Drawer } from 'antd'
import { Download, ListTree } from 'lucide-react'
import {
  exportAddress,
  type Metric,
  type ReportRow,
  type ReportScope,
  reportRowsQuery,
} from '@/shared/api/reports'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { More, QueryView, Small } from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import { show } from './numbers'
import styles from './reports.module.css'
import { useGroupName } from './useGroupName'

interface Props {
  metric: Metric
  scope: ReportScope
  close: () => void
}

/** Exactly what a number counts, ticket by ticket, and as a file. */
export function Rows({ metric, scope, close }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const query = useInfiniteQuery(reportRowsQuery(metric.key, scope))
  const rows = query.data?.pages.flatMap((page) => page.items)
  const days = scope.from === scope.to ? scope.from : `${scope.from} – ${scope.to}`
  return (
    <Drawer
      open
      title={
        <>
          {localized(metric.title, locale, metric.key)} <Small>{days}</Small>
        </>
      }
      onClose={close}
      size={620}
      styles={{ wrapper: { maxWidth: '100vw' }, body: { padding: 0 } }}
      extra={
        <Button
          href={exportAddress(metric.key, scope)}
          download
          icon={<Download size={14} aria-hidden="true" />}
        >
          {t('reports.export')}
        </Button>
      }
    >
      <QueryView query={{ ...query, data: rows }} lines={10}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={ListTree} title={t('reports.nothing')} />
          ) : (
            <ul className={styles.rows}>
              {items.map((row) => (
                <Row key={row.id} row={row} metric={metric} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <More query={query} />
    </Drawer>
  )
}

/** What a row's own value is, in words. */
function useRowValue({ value }: ReportRow, metric: Metric) {
  const { t } = useTranslation()
  const locale = useLocale()
  switch (metric.row) {
    case 'none':
      return null
    case 'met':
    case 'good':
      return t(`reports.values.${metric.row}.${value ? 'yes' : 'no'}`)
    case 'percent':
      return show((value ?? 0) / 100, 'share', locale)
    default:
      return show(value, metric.row === 'seconds' ? 'seconds' : 'count', locale)
  }
}

function Row({ row, metric }: { row: ReportRow; metric: Metric }) {
  const { t } = useTranslation()
  const nameOf = useGroupName()
  const value = useRowValue(row, metric)
  const around = [
    nameOf('channel', row.channel, null),
    row.team,
    row.agent ?? nameOf('agent', null, null),
  ].filter(Boolean)
  const words = row.subject ?? t('reports.notYours')
  return (
    <li>
      <span className={styles.ticket}>
        {row.subject === null ? (
          <span className={styles.hidden}>
            #{row.number} {words}
          </span>
        ) : (
          <Link to="/inbox" search={{ ticket: row.ticket_id }}>
            #{row.number} {words}
          </Link>
        )}
        <Small>{around.join(' · ')}</Small>
      </span>
      <span className={styles.when}>
        {value !== null && <b>{value}</b>}
        <Time at={row.at} style="full" />
      </span>
    </li>
  )
}
