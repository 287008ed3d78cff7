import { useQuery } from '@tanstack/react-query'
import { Button, Segmented } from 'antd'
import { Activity, Download } from 'lucide-react'
import { useState } from 'react'
import { ApiError } from '@/shared/api'
import { downloadSupport, type Health, type HealthWindow, healthQuery } from '@/shared/api/system'
import { useTranslation } from '@/shared/i18n'
import { Guard, Page, QueryView, useAction } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { Findings, Statements } from './Findings'
import { tones } from './figures'
import { HeldCard } from './HeldCard'
import styles from './health.module.css'
import { MeasureCard } from './MeasureCard'
import { ObjectivePanel } from './ObjectivePanel'

const windows: HealthWindow[] = ['1h', '24h', '30d']

/** How the installation is: its promises, what slows it, and a bundle for whoever helps. */
export function HealthPage() {
  const { t } = useTranslation()
  const [window, setWindow] = useState<HealthWindow>('24h')
  const query = useQuery(healthQuery(window))
  const elsewhere = query.error instanceof ApiError && query.error.code === 'shown_elsewhere'
  return (
    <Guard permission="system:read">
      <Page
        title={t('admin.sections.health')}
        lead={t('system.lead')}
        actions={!elsewhere && <Bundle />}
      >
        <HeldCard />
        {elsewhere ? (
          <Empty icon={Activity} title={t('system.elsewhere')} hint={t('system.elsewhereHint')} />
        ) : (
          <QueryView query={query}>
            {(health) => (
              <>
                <Overall health={health} />
                <div className={styles.bar}>
                  <Segmented
                    aria-label={t('system.window')}
                    value={window}
                    onChange={setWindow}
                    options={windows.map((value) => ({
                      value,
                      label: t(`system.windows.${value}`),
                    }))}
                  />
                </div>
                <Measures health={health} />
                <Findings items={health.findings} />
                <Statements health={health} />
              </>
            )}
          </QueryView>
        )}
      </Page>
    </Guard>
  )
}

function Bundle() {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  return (
    <Button
      icon={<Download size={15} aria-hidden="true" />}
      loading={busy !== null}
      title={t('system.bundleHint')}
      onClick={() => void run(downloadSupport, { done: t('system.bundleDone') })}
    >
      {t('system.bundle')}
    </Button>
  )
}

function Overall({ health }: { health: Health }) {
  const { t } = useTranslation()
  const names = health.measures
    .filter(({ state }) => state === health.state)
    .map(({ measure }) => t(`system.measures.${measure}`))
  return (
    <div className={styles.overall} data-tone={tones[health.state]} role="status">
      <p>{t(`system.overall.${health.state}`, { names: names.join(' · ') })}</p>
      {health.silent_minutes > 0 && <p>{t('system.silent', { count: health.silent_minutes })}</p>}
      <small>{t('system.version', { version: health.version })}</small>
    </div>
  )
}

function Measures({ health }: { health: Health }) {
  const [changed, setChanged] = useState<string | null>(null)
  const measure = health.measures.find((one) => one.measure === changed)
  return (
    <>
      <div className={styles.measures}>
        {health.measures.map((one) => (
          <MeasureCard
            key={one.measure}
            measure={one}
            window={health.window}
            change={() => setChanged(one.measure)}
          />
        ))}
      </div>
      {measure && (
        <ObjectivePanel key={measure.measure} measure={measure} close={() => setChanged(null)} />
      )}
    </>
  )
}
