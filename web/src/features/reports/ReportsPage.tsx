import { useQuery } from '@tanstack/react-query'
import { ChartColumn } from 'lucide-react'
import { useState } from 'react'
import {
  courseQuery,
  type Metric,
  type MetricCatalogue,
  metricsQuery,
  type ReportScope,
  tilesQuery,
} from '@/shared/api/reports'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { Course } from './Course'
import { Filters } from './Filters'
import { Groups } from './Groups'
import { PeriodBar } from './PeriodBar'
import { Rows } from './Rows'
import styles from './reports.module.css'
import { asked, type ReportsSearch } from './search'
import { Tiles } from './Tiles'

interface Props {
  search: ReportsSearch
  change: (search: ReportsSearch) => void
}

export function ReportsPage(props: Props) {
  const { t } = useTranslation()
  const catalogue = useQuery(metricsQuery)
  return (
    <Guard permission="report:read">
      <Page title={t('nav.reports')} lead={t('reports.lead')} width="wide">
        <QueryView query={catalogue} lines={10}>
          {(known) => <Reports {...props} known={known} />}
        </QueryView>
      </Page>
    </Guard>
  )
}

function Reports({ search, change, known }: Props & { known: MetricCatalogue }) {
  const { t } = useTranslation()
  const question = asked(search, known.today)
  const [behind, setBehind] = useState<ReportScope | null>(null)
  const metric = known.metrics.find(({ key }) => key === search.metric) ?? known.metrics[0]
  const tiles = useQuery(
    tilesQuery(
      known.metrics.map(({ key }) => key),
      question.scope,
    ),
  )
  if (!metric) return null
  const nothing =
    tiles.data?.metrics.every(({ value }) => !value) &&
    tiles.data.metrics.every(({ previous }) => !previous)
  return (
    <>
      <PeriodBar search={search} change={change} question={question} today={known.today} />
      <Filters search={search} change={change} />
      <QueryView query={tiles} lines={6}>
        {(report) => (
          <>
            <Freshness report={report} />
            <Tiles
              metrics={known.metrics}
              report={report}
              chosen={metric.key}
              choose={(key) => change({ ...search, metric: key })}
            />
            {nothing ? (
              <Empty
                icon={ChartColumn}
                title={t('reports.nothing')}
                hint={t('reports.nothingHint')}
              />
            ) : (
              <Chosen
                metric={metric}
                question={question}
                search={search}
                change={change}
                open={setBehind}
              />
            )}
          </>
        )}
      </QueryView>
      {behind && <Rows metric={metric} scope={behind} close={() => setBehind(null)} />}
    </>
  )
}

interface ChosenProps extends Props {
  metric: Metric
  question: ReturnType<typeof asked>
  open: (scope: ReportScope) => void
}

/** The number that was chosen: what it means, its course, its groups. */
function Chosen({ metric, question, search, change, open }: ChosenProps) {
  const locale = useLocale()
  const { scope, step, group } = question
  const course = useQuery(courseQuery(metric.key, scope, step, group))
  const title = localized(metric.title, locale, metric.key)
  return (
    <section className={styles.chosen} aria-label={title} data-old={course.isPlaceholderData}>
      <QueryView query={course}>
        {(report) => {
          const series = report.metrics[0]
          if (!series) return null
          return (
            <>
              <Course
                metric={metric}
                series={series}
                question={question}
                setStep={(size) => change({ ...search, step: size })}
                open={(days) => open({ ...scope, ...days })}
              />
              <Groups
                metric={metric}
                series={series}
                group={report.group ?? group}
                setGroup={(name) => change({ ...search, group: name })}
                open={(value) => open({ ...scope, [report.group ?? group]: value })}
              />
            </>
          )
        }}
      </QueryView>
    </section>
  )
}

/** Says so when the numbers are behind by more than a glance. */
function Freshness({ report }: { report: { lag: { events: number; seconds: number } } }) {
  const { t } = useTranslation()
  if (report.lag.seconds < 60) return null
  return (
    <p className={styles.lag} role="status">
      {t('reports.behind', { count: Math.round(report.lag.seconds / 60) })}
    </p>
  )
}
