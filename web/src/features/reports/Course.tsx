import { Segmented } from 'antd'
import { Table2 } from 'lucide-react'
import { useState } from 'react'
import type { Metric, MetricSeries, StepSize } from '@/shared/api/reports'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { RowButton, Table } from '@/shared/page'
import { IconButton } from '@/shared/ui'
import { Chart } from './Chart'
import { stepName } from './days'
import { show } from './numbers'
import styles from './reports.module.css'
import type { asked } from './search'

interface Props {
  metric: Metric
  series: MetricSeries
  question: ReturnType<typeof asked>
  setStep: (step: StepSize) => void
  open: (days: { from?: string; to?: string }) => void
}

/** A number over time, drawn and as a table. */
export function Course({ metric, series, question, setStep, open }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const [asTable, setAsTable] = useState(false)
  const title = localized(metric.title, locale, metric.key)
  return (
    <div className={styles.card}>
      <header className={styles.head}>
        <div>
          <h2>{title}</h2>
          <p className={styles.definition}>{localized(metric.definition, locale, '')}</p>
        </div>
        <div className={styles.tools}>
          {question.steps.length > 1 && (
            <Segmented
              size="small"
              aria-label={t('reports.step')}
              value={question.step}
              onChange={setStep}
              options={question.steps.map((value) => ({
                value,
                label: t(`reports.steps.${value}`),
              }))}
            />
          )}
          <IconButton
            label={t('reports.asTable')}
            pressed={asTable}
            onClick={() => setAsTable(!asTable)}
            icon={Table2}
          />
          <button type="button" className={styles.behind} onClick={() => open({})}>
            {t('reports.behindIt')}
          </button>
        </div>
      </header>
      {asTable ? (
        <div className={styles.scroll}>
          <Steps metric={metric} series={series} step={question.step} open={open} />
        </div>
      ) : (
        <figure className={styles.figure}>
          <Chart metric={metric} steps={series.steps} step={question.step} open={open} />
          <HeardSteps metric={metric} series={series} step={question.step} />
        </figure>
      )}
    </div>
  )
}

interface StepsProps {
  metric: Metric
  series: MetricSeries
  step: StepSize
  open: (days: { from: string; to: string }) => void
}

/** What is drawn, for those who listen. */
function HeardSteps({ metric, series, step }: Omit<StepsProps, 'open'>) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <table className="sr-only">
      <caption>{localized(metric.title, locale, metric.key)}</caption>
      <thead>
        <tr>
          <th scope="col">{t('reports.when')}</th>
          <th scope="col">{t('reports.now')}</th>
          <th scope="col">{t('reports.before')}</th>
        </tr>
      </thead>
      <tbody>
        {series.steps.map((row) => (
          <tr key={row.first}>
            <th scope="row">{stepName(row.first, row.last, step, locale)}</th>
            <td>{show(row.value, metric.unit, locale)}</td>
            <td>{show(row.previous, metric.unit, locale)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** The same as a table: for those who want to know exactly, and to open a step by the keyboard. */
function Steps({ metric, series, step, open }: StepsProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Table
      bare
      label={localized(metric.title, locale, metric.key)}
      rows={series.steps}
      keyOf={(row) => row.first}
      opens
      columns={[
        {
          key: 'when',
          title: t('reports.when'),
          cell: (row) => (
            <RowButton onClick={() => open({ from: row.first, to: row.last })}>
              {stepName(row.first, row.last, step, locale)}
            </RowButton>
          ),
        },
        {
          key: 'value',
          title: t('reports.now'),
          end: true,
          cell: (row) => show(row.value, metric.unit, locale),
        },
        {
          key: 'previous',
          title: t('reports.before'),
          end: true,
          cell: (row) => show(row.previous, metric.unit, locale),
        },
      ]}
    />
  )
}
