import type { Kind, LabOutcome } from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { type Column, Small, Table } from '@/shared/page'
import styles from './lab.module.css'
import { answerOf, useTitles } from './useTitles'

interface Props {
  kind: Kind
  items: LabOutcome[]
  articles: Record<string, string>
  bare?: boolean
}

/** Case by case: what is right, what was said before, what is said now. */
export function Outcomes({ kind, items, articles, bare = false }: Props) {
  const { t } = useTranslation()
  const title = useTitles(kind, articles)
  const said = useSaid(kind, title)
  const columns: Column<LabOutcome>[] = [
    {
      key: 'case',
      title: t('lab.case'),
      cell: (row) => <p className={styles.text}>{row.text}</p>,
    },
    {
      key: 'expected',
      title: t(answerOf(kind)),
      cell: (row) => row.expected.map(title).join(' / '),
    },
    {
      key: 'before',
      title: t('lab.before'),
      cell: (row) => (row.was === null ? '—' : said(row.was, row.was_worth ?? 0, row.expected)),
    },
    {
      key: 'now',
      title: t('lab.now'),
      cell: (row) => said(row.said, row.worth, row.expected),
    },
  ]
  return (
    <Table
      label={t('lab.cases')}
      columns={columns}
      rows={items}
      keyOf={(row) => row.case_id}
      bare={bare}
    />
  )
}

function useSaid(kind: Kind, title: (name: string) => string) {
  const { t } = useTranslation()
  return (said: string[], worth: number, expected: string[]) => {
    if (kind === 'retrieval') {
      const rank = said.findIndex((one) => expected.includes(one)) + 1
      return (
        <>
          {rank ? t('lab.rank', { rank }) : t('lab.notFound')}
          {rank !== 1 && said[0] !== undefined && <Small>{title(said[0])}</Small>}
        </>
      )
    }
    const [label] = said
    if (label === undefined) return t('lab.nothing')
    if (worth !== 0.5) return title(label)
    // A skill that is not sure says nothing; a label is what would have been said.
    return kind === 'skill' ? t('lab.leftAlone') : t('lab.left', { label: title(label) })
  }
}
