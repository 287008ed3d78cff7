import { DatePicker, Select } from 'antd'
import dayjs from 'dayjs'
import { useTranslation } from '@/shared/i18n'
import { type Preset, presets } from './period'
import styles from './reports.module.css'
import type { asked, ReportsSearch } from './search'

interface Props {
  search: ReportsSearch
  change: (search: ReportsSearch) => void
  question: ReturnType<typeof asked>
  today: string
}

/** Which days: one of the usual periods, or any others. */
export function PeriodBar({ search, change, question, today }: Props) {
  const { t } = useTranslation()
  const { from, to } = question.scope
  const custom = Boolean(search.from && search.to)
  const preset = custom ? 'custom' : (search.period ?? '30d')
  const choose = (period: Preset | 'custom') =>
    change(
      period === 'custom'
        ? { ...search, period: undefined, from, to }
        : { ...search, period, from: undefined, to: undefined, step: undefined },
    )
  return (
    <div className={styles.period}>
      <Select
        aria-label={t('reports.period')}
        value={preset}
        onChange={choose}
        style={{ width: 150 }}
        options={[...presets, 'custom' as const].map((value) => ({
          value,
          label: t(`reports.periods.${value}`),
        }))}
      />
      {custom && (
        <DatePicker.RangePicker
          className={styles.range}
          allowClear={false}
          value={[dayjs(from), dayjs(to)]}
          maxDate={dayjs(today)}
          aria-label={t('reports.period')}
          onChange={(days) => {
            const [first, last] = days ?? []
            if (first && last) {
              change({
                ...search,
                from: first.format('YYYY-MM-DD'),
                to: last.format('YYYY-MM-DD'),
              })
            }
          }}
        />
      )}
      {!custom && (
        <span className={styles.days}>
          {from} – {to}
        </span>
      )}
    </div>
  )
}
