import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import { Play, Settings2 } from 'lucide-react'
import { useState } from 'react'
import { type GoldenSet, labKey, runsQuery, setQuery, startRun } from '@/shared/api/lab'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, useAction } from '@/shared/page'
import { CasesTab } from './CasesTab'
import type { SetTab } from './index'
import { RunsTab } from './RunsTab'
import { SetPanel } from './SetPanel'

interface Props {
  id: string
  tab?: SetTab
}

/** One golden set: how it did run by run, and its cases. */
export default function SetPage({ id, tab = 'runs' }: Props) {
  const query = useQuery(setQuery(id))
  return (
    <Guard permission="learning:manage">
      <QueryView query={query} lines={10}>
        {(set) => <Found set={set} tab={tab} />}
      </QueryView>
    </Guard>
  )
}

function Found({ set, tab }: { set: GoldenSet; tab: SetTab }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [editing, setEditing] = useState(false)
  const go = (key: SetTab) =>
    void navigate({
      to: '/admin/lab/$id',
      params: { id: set.id },
      search: { tab: key },
      replace: true,
    })
  const lead = [t(`lab.kinds.${set.kind}`), t('lab.caseCount', { count: set.cases })]
  if (set.retired) lead.push(t('lab.retiredCount', { count: set.retired }))
  return (
    <Page
      title={set.name}
      lead={lead.join(' · ')}
      actions={<Actions set={set} edit={() => setEditing(true)} />}
      back={(look) => <Link to="/admin/lab" {...look} />}
      backText={t('lab.backToSets')}
      width="wide"
    >
      <Tabs
        activeKey={tab}
        onChange={(key) => go(key === 'cases' ? 'cases' : 'runs')}
        items={[
          { key: 'runs', label: t('lab.runs'), children: <RunsTab set={set} /> },
          { key: 'cases', label: t('lab.cases'), children: <CasesTab set={set} /> },
        ]}
        destroyOnHidden
      />
      {editing && (
        <SetPanel
          set={set}
          close={() => setEditing(false)}
          removed={() => void navigate({ to: '/admin/lab' })}
        />
      )}
    </Page>
  )
}

function Actions({ set, edit }: { set: GoldenSet; edit: () => void }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  return (
    <>
      <Button icon={<Settings2 size={15} />} onClick={edit}>
        {t('lab.settings')}
      </Button>
      <Button
        type="primary"
        icon={<Play size={15} />}
        disabled={set.cases === 0}
        loading={busy !== null}
        onClick={() =>
          void run(() => startRun(set.id), { keys: [[...labKey], runsQuery(set.id).queryKey] })
        }
      >
        {t('lab.measure')}
      </Button>
    </>
  )
}
