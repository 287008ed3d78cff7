import { useQuery } from '@tanstack/react-query'
import { Checkbox, Select, Switch } from 'antd'
import { agentsQuery } from '@/shared/api'
import type { Understanding } from '@/shared/api/understanding'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import styles from './settings.module.css'
import { Threshold } from './Threshold'
import type { Save } from './UnderstandingPage'

/** Who is told when a customer's mood turns. */
export function AlertsCard({ settings, save }: { settings: Understanding; save: Save }) {
  const { t } = useTranslation()
  const { alerts } = settings
  const { data: agents = [] } = useQuery(agentsQuery)
  const put = (change: Partial<typeof alerts>) => save({ alerts: { ...alerts, ...change } })
  return (
    <Card
      title={t('signals.settings.alerts')}
      hint={t('signals.settings.alertsHint')}
      actions={
        <label className={styles.switch}>
          {t('signals.settings.alertsOn')}
          <Switch checked={alerts.on ?? true} onChange={(on) => put({ on })} />
        </label>
      }
    >
      <div className={styles.form}>
        <div className={styles.line}>
          <span>{t('signals.settings.alertThreshold')}</span>
          <Threshold
            label={t('signals.settings.alertThreshold')}
            value={alerts.threshold ?? 0.7}
            disabled={!alerts.on}
            save={(threshold) => put({ threshold })}
          />
        </div>
        <Checkbox
          checked={alerts.leads}
          disabled={!alerts.on}
          onChange={({ target }) => put({ leads: target.checked })}
        >
          {t('signals.settings.leads')}
        </Checkbox>
        <Checkbox
          checked={alerts.assignee}
          disabled={!alerts.on}
          onChange={({ target }) => put({ assignee: target.checked })}
        >
          {t('signals.settings.assignee')}
        </Checkbox>
        <Select
          mode="multiple"
          aria-label={t('signals.settings.people')}
          placeholder={t('signals.settings.people')}
          disabled={!alerts.on}
          value={[...(alerts.agents ?? [])]}
          options={agents
            .filter(({ active, id }) => active || alerts.agents?.includes(id))
            .map(({ id, name }) => ({ value: id, label: name }))}
          showSearch={{ filterOption: (typed, option) => matchesName(option?.label ?? '', typed) }}
          onChange={(people: string[]) => put({ agents: people })}
        />
      </div>
    </Card>
  )
}
