import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Segmented, Tabs } from 'antd'
import { GraduationCap, Settings2 } from 'lucide-react'
import { useState } from 'react'
import {
  type Head,
  type HeadState,
  heads,
  type Learning,
  learningKey,
  learningQuery,
  train,
} from '@/shared/api/learning'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, useAction } from '@/shared/page'
import { CardTab } from './CardTab'
import type { LearningSearch, LearningTab } from './index'
import { LabelsTab } from './LabelsTab'
import styles from './learning.module.css'
import { SettingsPanel } from './SettingsPanel'
import { Training } from './Training'
import { VersionsTab } from './VersionsTab'

export default function LearningPage({ head = 'intent', tab = 'card' }: LearningSearch) {
  const { t } = useTranslation()
  const query = useQuery(learningQuery)
  const [editing, setEditing] = useState(false)
  const settings = (
    <Button icon={<Settings2 size={15} />} onClick={() => setEditing(true)}>
      {t('learning.settings')}
    </Button>
  )
  return (
    <Guard permission="learning:manage">
      <Page
        title={t('admin.sections.learning')}
        lead={t('learning.lead')}
        actions={settings}
        width="wide"
      >
        <QueryView query={query} lines={10}>
          {(found) => (
            <>
              <Chosen found={found} head={head} tab={tab} />
              {editing && (
                <SettingsPanel settings={found.settings} close={() => setEditing(false)} />
              )}
            </>
          )}
        </QueryView>
      </Page>
    </Guard>
  )
}

function Chosen({ found, head, tab }: { found: Learning; head: Head; tab: LearningTab }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const go = (search: LearningSearch) =>
    void navigate({ to: '/admin/learning', search, replace: true })
  const state = found.heads.find((one) => one.head === head)
  if (!state) return null
  return (
    <>
      <div className={styles.top}>
        <Segmented<Head>
          className={styles.head}
          aria-label={t('learning.what')}
          value={head}
          onChange={(chosen) => go({ head: chosen, tab })}
          options={heads.map((one) => ({ value: one, label: t(`learning.heads.${one}`) }))}
        />
        <TrainButton state={state} />
      </div>
      {state.training && <Training key={state.training.id} version={state.training} />}
      <Tabs
        activeKey={tab}
        onChange={(key) => go({ head, tab: key as LearningTab })}
        items={[
          { key: 'card', label: t('learning.tabs.card'), children: <CardTab head={head} /> },
          {
            key: 'versions',
            label: t('learning.tabs.versions'),
            children: <VersionsTab head={head} />,
          },
          { key: 'labels', label: t('learning.tabs.labels'), children: <LabelsTab head={head} /> },
        ]}
        destroyOnHidden
      />
    </>
  )
}

function TrainButton({ state }: { state: HeadState }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const hint = state.ready
    ? t('learning.newLabels', { count: state.new_labels })
    : t('learning.tooFew', { have: state.labels, least: state.least })
  return (
    <div className={styles.train}>
      <span>{hint}</span>
      <Button
        type="primary"
        icon={<GraduationCap size={16} />}
        loading={busy !== null}
        disabled={!state.ready || state.training !== null}
        onClick={() => void run(() => train(state.head), { keys: [[...learningKey]] })}
      >
        {t('learning.train')}
      </Button>
    </div>
  )
}
