import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { FlaskConical, Plus } from 'lucide-react'
import { useState } from 'react'
import { type GoldenSet, setsQuery } from '@/shared/api/lab'
import { useLocale, useTranslation } from '@/shared/i18n'
import { type Column, Guard, Page, QueryView, rowLink, Small, Table } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { Changes } from './Changes'
import { between, percent } from './figures'
import styles from './lab.module.css'
import { SetPanel } from './SetPanel'
import { Verdict } from './Verdict'

export default function LabPage() {
  const { t } = useTranslation()
  const query = useQuery(setsQuery)
  const [adding, setAdding] = useState(false)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('lab.newSet')}
    </Button>
  )
  const hasSets = Boolean(query.data?.items.length)
  return (
    <Guard permission="learning:manage">
      <Page
        title={t('admin.sections.lab')}
        lead={t('lab.lead')}
        actions={hasSets && add}
        width="wide"
      >
        <QueryView query={query} lines={8}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={FlaskConical} title={t('lab.noSets')} hint={t('lab.noSetsHint')}>
                {add}
              </Empty>
            ) : (
              <Sets items={items} />
            )
          }
        </QueryView>
        <div className={styles.below}>
          <Changes />
        </div>
        {adding && <Adding close={() => setAdding(false)} />}
      </Page>
    </Guard>
  )
}

function Adding({ close }: { close: () => void }) {
  const navigate = useNavigate()
  const made = (set: GoldenSet) =>
    void navigate({ to: '/admin/lab/$id', params: { id: set.id }, search: { tab: 'cases' } })
  return <SetPanel close={close} made={made} />
}

function Sets({ items }: { items: GoldenSet[] }) {
  const { t } = useTranslation()
  const columns: Column<GoldenSet>[] = [
    {
      key: 'name',
      title: t('lab.name'),
      cell: (row) => (
        <>
          <Link to="/admin/lab/$id" params={{ id: row.id }} className={rowLink}>
            {row.name}
          </Link>
          <Small>{t(`lab.kinds.${row.kind}`)}</Small>
        </>
      ),
    },
    {
      key: 'cases',
      title: t('lab.cases'),
      end: true,
      width: 110,
      cell: (row) => row.cases,
    },
    { key: 'last', title: t('lab.last'), cell: (row) => <Last set={row} /> },
    {
      key: 'verdict',
      title: t('lab.result'),
      cell: (row) => row.last_run && <Verdict run={row.last_run} />,
    },
    {
      key: 'guards',
      title: t('lab.guards'),
      quiet: true,
      end: true,
      width: 120,
      cell: (row) => (
        <Tag tone={row.guards ? 'brand' : 'neutral'}>
          {t(row.guards ? 'lab.guarding' : 'lab.notGuarding')}
        </Tag>
      ),
    },
  ]
  return (
    <Table label={t('lab.sets')} columns={columns} rows={items} keyOf={(row) => row.id} opens />
  )
}

function Last({ set: { last_run: run } }: { set: GoldenSet }) {
  const { t } = useTranslation()
  const locale = useLocale()
  if (!run) return <Small>{t('lab.never')}</Small>
  if (!run.report) return null
  return (
    <>
      {percent(run.report.score.value, locale)} <Small>{between(run.report.score, locale)}</Small>
    </>
  )
}
