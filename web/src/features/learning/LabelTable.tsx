import type { Head, ModelReport } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, type Column, Small, Table } from '@/shared/page'
import { between, percent } from './figures'
import { useLabelName } from './useLabelName'

type Line = ModelReport['labels'][number]

/** Every label with how well it is known. */
export function LabelTable({ head, report }: { head: Head; report: ModelReport }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useLabelName(head)
  const columns: Column<Line>[] = [
    { key: 'label', title: t('learning.label'), cell: (line) => name(line.label) },
    { key: 'examples', title: t('learning.examples'), end: true, cell: (line) => line.examples },
    {
      key: 'recall',
      title: t('learning.found'),
      end: true,
      cell: (line) =>
        line.examples > 0 ? (
          <>
            {percent(line.recall.value, locale)} <Small>{between(line.recall, locale)}</Small>
          </>
        ) : (
          '—'
        ),
    },
    {
      key: 'precision',
      title: t('learning.right'),
      end: true,
      cell: (line) => percent(line.precision, locale),
    },
  ]
  return (
    <Card title={t('learning.perLabel')} hint={t('learning.perLabelHint')} flush>
      <Table
        label={t('learning.perLabel')}
        columns={columns}
        rows={report.labels}
        keyOf={(line) => line.label}
        bare
      />
    </Card>
  )
}
