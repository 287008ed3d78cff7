import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { History } from 'lucide-react'
import { type GoldenSet, isRunning, type LabRun, runsQuery } from '@/shared/api/lab'
import { useLocale, useTranslation } from '@/shared/i18n'
import { type Column, QueryView, rowLink, Small, Table } from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import { between, percent, trendOf } from './figures'
import { Measured } from './Measured'
import { Progress } from './Progress'
import { Trend } from './Trend'
import { Verdict } from './Verdict'

/** How a set did, run by run. */
export function RunsTab({ set }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const query = useQuery(runsQuery(set.id))
  const isEmpty = set.cases === 0
  return (
    <QueryView
      query={query}
      empty={
        <Empty
          icon={History}
          title={isEmpty ? t('lab.emptySet') : t('lab.noRuns')}
          hint={isEmpty ? t('lab.emptySetHint') : t('lab.noRunsHint')}
        />
      }
    >
      {(runs) => (
        <>
          {runs.filter(isRunning).map((run) => (
            <Progress key={run.id} run={run} />
          ))}
          <Trend runs={trendOf(runs)} />
          <Runs runs={runs.filter((run) => !isRunning(run))} />
        </>
      )}
    </QueryView>
  )
}

function Runs({ runs }: { runs: LabRun[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const columns: Column<LabRun>[] = [
    {
      key: 'number',
      title: t('lab.numberOf'),
      cell: (row) => (
        <>
          <Link to="/admin/lab/runs/$id" params={{ id: row.id }} className={rowLink}>
            {t('lab.run', { number: row.number })}
          </Link>
          <Small>{t(`lab.causes.${row.cause}`, { name: row.started_by })}</Small>
        </>
      ),
    },
    {
      key: 'score',
      title: t('lab.score'),
      cell: (row) =>
        row.report && (
          <>
            {percent(row.report.score.value, locale)}{' '}
            <Small>{between(row.report.score, locale)}</Small>
          </>
        ),
    },
    { key: 'result', title: t('lab.result'), cell: (row) => <Verdict run={row} /> },
    { key: 'measured', title: t('lab.measured'), cell: (row) => <Measured run={row} /> },
    { key: 'when', title: t('lab.when'), end: true, cell: (row) => <Time at={row.created_at} /> },
  ]
  if (runs.length === 0) return null
  return <Table label={t('lab.runs')} columns={columns} rows={runs} keyOf={(row) => row.id} opens />
}
