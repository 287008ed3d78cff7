import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { changeCase, type GoldenCase, type GoldenSet, labKey } from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { type Column, Small, Table, useAction } from '@/shared/page'
import { Tag, Time } from '@/shared/ui'
import styles from './lab.module.css'
import { answerOf, useTitles } from './useTitles'

interface Props {
  set: GoldenSet
  items: GoldenCase[]
  articles: Record<string, string>
  edit: (row: GoldenCase) => void
}

/** What customers said, and what is right for it. */
export function Cases({ set, items, articles, edit }: Props) {
  const { t } = useTranslation()
  const title = useTitles(set.kind, articles)
  const columns: Column<GoldenCase>[] = [
    {
      key: 'text',
      title: t('lab.case'),
      cell: (row) => <p className={`${styles.text} ${styles.long}`}>{row.text}</p>,
    },
    {
      key: 'expected',
      title: t(answerOf(set.kind)),
      cell: (row) => row.expected.map(title).join(' / '),
    },
    {
      key: 'source',
      title: t('lab.source'),
      cell: (row) => (
        <>
          {row.ticket_id ? (
            <Link to="/inbox" search={{ ticket: row.ticket_id }}>
              {t('lab.sources.ticket')}
            </Link>
          ) : (
            t(`lab.sources.${row.source}`)
          )}
          <Small>
            <Time at={row.created_at} />
          </Small>
        </>
      ),
    },
    {
      key: 'do',
      title: t('lab.settings'),
      quiet: true,
      end: true,
      cell: (row) => (
        <Actions row={row} {...(set.kind === 'skill' ? {} : { edit: () => edit(row) })} />
      ),
    },
  ]
  return <Table label={t('lab.cases')} columns={columns} rows={items} keyOf={(row) => row.id} />
}

function Actions({ row, edit }: { row: GoldenCase; edit?: () => void }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const turn = () =>
    void run(() => changeCase(row.id, { active: !row.active }), { keys: [[...labKey]] })
  return (
    <div className={styles.steps}>
      {!row.active && <Tag>{t('lab.retired')}</Tag>}
      {edit && (
        <Button size="small" onClick={edit}>
          {t('lab.correct')}
        </Button>
      )}
      <Button size="small" loading={busy !== null} onClick={turn}>
        {t(row.active ? 'lab.retire' : 'lab.restore')}
      </Button>
    </div>
  )
}
