import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Tabs } from 'antd'
import { Stethoscope } from 'lucide-react'
import type { ReactNode } from 'react'
import { beginCheck, type Health, healthKey, healthQuery } from '@/shared/api/upkeep'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, useAction } from '@/shared/page'
import { AdoptionTab } from './AdoptionTab'
import { CheckBar } from './CheckBar'
import { DraftsTab } from './DraftsTab'
import { FindingsTab } from './FindingsTab'
import type { HealthSearch, HealthTab } from './index'

/** Gaps, drafts, what is stale or contradictory, and what is used. */
export default function HealthPage({ tab = 'gap' }: HealthSearch) {
  const { t } = useTranslation()
  const query = useQuery(healthQuery)
  const { run, busy } = useAction()
  const isRunning = query.data?.check?.state === 'running'
  const look = (
    <Button
      type="primary"
      icon={<Stethoscope size={15} />}
      disabled={isRunning}
      loading={busy !== null}
      onClick={() => void run(beginCheck, { keys: [healthKey] })}
    >
      {t('upkeep.look')}
    </Button>
  )
  return (
    <Guard permission="knowledge:edit">
      <Page
        title={t('upkeep.title')}
        lead={t('upkeep.lead')}
        actions={look}
        width="wide"
        back={(shape) => <Link to="/knowledge" {...shape} />}
        backText={t('knowledge.title')}
      >
        <QueryView query={query} lines={10}>
          {(health) => (
            <>
              <CheckBar check={health.check} />
              <Parts health={health} tab={tab} />
            </>
          )}
        </QueryView>
      </Page>
    </Guard>
  )
}

function Parts({ health, tab }: { health: Health; tab: HealthTab }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const name = (key: HealthTab, count?: number): ReactNode =>
    count ? `${t(`upkeep.tabs.${key}`)} (${count})` : t(`upkeep.tabs.${key}`)
  return (
    <Tabs
      activeKey={tab}
      onChange={(key) =>
        void navigate({ to: '/knowledge/health', search: { tab: key as HealthTab }, replace: true })
      }
      items={[
        {
          key: 'gap',
          label: name('gap', health.gaps),
          children: <FindingsTab kind="gap" check={health.check?.state} />,
        },
        { key: 'drafts', label: name('drafts', health.drafts), children: <DraftsTab /> },
        {
          key: 'stale',
          label: name('stale', health.stale),
          children: <FindingsTab kind="stale" check={health.check?.state} />,
        },
        {
          key: 'contradiction',
          label: name('contradiction', health.contradictions),
          children: <FindingsTab kind="contradiction" check={health.check?.state} />,
        },
        { key: 'adoption', label: name('adoption'), children: <AdoptionTab /> },
      ]}
      destroyOnHidden
    />
  )
}
