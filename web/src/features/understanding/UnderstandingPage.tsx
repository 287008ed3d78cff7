import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Switch } from 'antd'
import {
  changeUnderstanding,
  type Understanding,
  type UnderstandingChange,
  understandingQuery,
} from '@/shared/api/understanding'
import { useTranslation } from '@/shared/i18n'
import { Card, Guard, Page, QueryView, useAction } from '@/shared/page'
import { AlertsCard } from './AlertsCard'
import { FillingCard } from './FillingCard'
import { HeadsTable } from './HeadsTable'
import { LexiconCard } from './LexiconCard'
import styles from './settings.module.css'

export type Save = (change: UnderstandingChange) => void

/** How messages are read: what, how surely, whom it alerts, which words count. Each change is saved at once. */
export default function UnderstandingPage() {
  const { t } = useTranslation()
  const query = useQuery(understandingQuery)
  return (
    <Guard permission="learning:manage">
      <Page title={t('signals.settings.title')} lead={t('signals.settings.hint')}>
        <QueryView query={query}>{(settings) => <Parts settings={settings} />}</QueryView>
      </Page>
    </Guard>
  )
}

function Parts({ settings }: { settings: Understanding }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { run, busy } = useAction()
  async function save(change: UnderstandingChange) {
    const saved = await run(() => changeUnderstanding(change), {
      done: t('signals.settings.saved'),
    })
    if (saved) client.setQueryData(understandingQuery.queryKey, saved)
  }
  const parts = { settings, save: (change: UnderstandingChange) => void save(change) }
  return (
    <>
      {!settings.available && (
        <Alert className={styles.off} type="warning" title={t('signals.settings.off')} />
      )}
      <Card
        title={t('signals.settings.heads')}
        hint={t('signals.settings.headsHint')}
        actions={
          <label className={styles.switch}>
            {t('signals.settings.on')}
            <Switch
              checked={settings.on}
              loading={busy !== null}
              disabled={!settings.available}
              onChange={(on) => void save({ on })}
            />
          </label>
        }
        flush
      >
        <HeadsTable {...parts} />
      </Card>
      <AlertsCard {...parts} />
      <LexiconCard {...parts} />
      <FillingCard {...parts} />
    </>
  )
}
