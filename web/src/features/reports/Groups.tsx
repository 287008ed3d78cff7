import { Segmented, Select } from 'antd'
import type { Dimension, Metric, MetricSeries, ReportGroup } from '@/shared/api/reports'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { RowButton, Table } from '@/shared/page'
import { show } from './numbers'
import styles from './reports.module.css'
import { dimensions } from './search'
import { Difference } from './Tiles'
import { useGroupName } from './useGroupName'

interface Props {
  metric: Metric
  series: MetricSeries
  group: Dimension
  setGroup: (group: Dimension) => void
  open: (value: string) => void
}

/** The same number for each team, each agent, each channel … */
export function Groups({ metric, series, group, setGroup, open }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const nameOf = useGroupName()
  const most = Math.max(...series.groups.map(({ value }) => value ?? 0), 0)
  const options = dimensions.map((value) => ({ value, label: t(`reports.by.${value}`) }))
  // The server knows no filter for a channel or a priority that is none: there is none.
  const opens = (row: ReportGroup) => row.id ?? 'none'
  return (
    <div className={styles.card}>
      <header className={styles.head}>
        <h2>{t('reports.grouped')}</h2>
        <Segmented
          className={styles.wide}
          size="small"
          aria-label={t('reports.grouped')}
          value={group}
          onChange={setGroup}
          options={options}
        />
        <span className={styles.small}>
          <Select
            aria-label={t('reports.grouped')}
            value={group}
            onChange={setGroup}
            options={options}
            style={{ width: 140 }}
          />
        </span>
      </header>
      {series.groups.length === 0 ? (
        <p className={styles.none}>{t('reports.nothing')}</p>
      ) : (
        <Table
          bare
          opens
          label={`${localized(metric.title, locale, metric.key)}: ${t(`reports.by.${group}`)}`}
          rows={series.groups}
          keyOf={(row) => row.id ?? ''}
          columns={[
            {
              key: 'name',
              title: t(`reports.by.${group}`),
              cell: (row) => (
                <RowButton onClick={() => open(opens(row))}>
                  {nameOf(group, row.id, row.name)}
                </RowButton>
              ),
            },
            {
              key: 'share',
              title: t('reports.size'),
              quiet: true,
              width: '34%',
              cell: (row) => (
                <span className={styles.size} aria-hidden="true">
                  <span style={{ width: `${most ? ((row.value ?? 0) / most) * 100 : 0}%` }} />
                </span>
              ),
            },
            {
              key: 'value',
              title: t('reports.now'),
              end: true,
              width: 110,
              cell: (row) => show(row.value, metric.unit, locale),
            },
            {
              key: 'change',
              title: t('reports.change'),
              end: true,
              width: 170,
              cell: (row) => <Difference metric={metric} now={row.value} before={row.previous} />,
            },
          ]}
        />
      )}
    </div>
  )
}
