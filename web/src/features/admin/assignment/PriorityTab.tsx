import { useQuery } from '@tanstack/react-query'
import { Button, InputNumber } from 'antd'
import { type CSSProperties, useState } from 'react'
import {
  type PrioritySettings,
  type PriorityWeights,
  prioritySettingsQuery,
  setPriority,
} from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { Card, QueryView, useAction, useLeaveGuard } from '@/shared/page'
import { PriorityPreview } from './PriorityPreview'
import { PriorityTiers } from './PriorityTiers'
import styles from './priority.module.css'

const factors = ['value', 'emotion', 'risk', 'waiting', 'importance', 'complexity'] as const

/** What makes a ticket next; the queue shows what it comes to before anything is saved. */
export function PriorityTab() {
  const query = useQuery(prioritySettingsQuery)
  return (
    <QueryView query={query}>
      {(found) => <Weights key={JSON.stringify(found.weights)} found={found} />}
    </QueryView>
  )
}

function Weights({ found }: { found: PrioritySettings }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [weights, setWeights] = useState(found.weights)
  const change = (part: Partial<PriorityWeights>) => setWeights({ ...weights, ...part })
  const total = factors.reduce((sum, factor) => sum + weights[factor], 0)
  const least = Math.max(1, Math.ceil((total - weights.waiting) / 19))
  const enough = weights.waiting >= least
  const changed = JSON.stringify(weights) !== JSON.stringify(found.weights)
  useLeaveGuard(changed)
  return (
    <>
      <p className={styles.lead}>{t('assignment.priority.lead')}</p>
      {found.updating && (
        <p role="status" className={styles.lead}>
          {t('assignment.priority.updating')}
        </p>
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <Card title={t('assignment.priority.weights')}>
            {factors.map((factor) => (
              <Weight
                key={factor}
                name={t(`assignment.priority.factors.${factor}`)}
                hint={t(`assignment.priority.hints.${factor}`)}
                points={total ? Math.round((1000 * weights[factor]) / total) / 10 : 0}
                value={weights[factor]}
                set={(value) => change({ [factor]: value })}
              />
            ))}
            {!enough && (
              <p role="alert" className={styles.problem}>
                {t('assignment.priority.tooLittle', { least })}
              </p>
            )}
            <div className={styles.row}>
              <span>{t('assignment.priority.perMinutes')}</span>
              <InputNumber
                aria-label={t('assignment.priority.perMinutes')}
                min={5}
                max={10080}
                value={weights.waiting_minutes}
                onChange={(minutes) => minutes && change({ waiting_minutes: minutes })}
              />
            </div>
          </Card>
          <PriorityTiers weights={weights} change={change} />
          <div className={styles.actions}>
            <Button
              type="primary"
              disabled={!changed || !enough}
              loading={busy === 'save'}
              onClick={() =>
                void run(
                  () => setPriority(weights),
                  { keys: [prioritySettingsQuery.queryKey], done: t('common.saved') },
                  'save',
                )
              }
            >
              {t('common.save')}
            </Button>
            <Button onClick={() => setWeights({ ...found.usual })}>
              {t('assignment.priority.usual')}
            </Button>
          </div>
        </div>
        <PriorityPreview weights={weights} enough={enough} />
      </div>
    </>
  )
}

interface WeightProps {
  name: string
  hint: string
  points: number
  value: number
  set: (value: number) => void
}

function Weight({ name, hint, points, value, set }: WeightProps) {
  const { t } = useTranslation()
  return (
    <label className={styles.weight}>
      <span>
        {name}
        <small>{hint}</small>
      </span>
      <input
        type="range"
        min={0}
        max={100}
        value={value}
        style={{ '--at': value } as CSSProperties}
        aria-valuetext={`${value}: ${t('assignment.priority.share', { points })}`}
        onChange={(event) => set(event.currentTarget.valueAsNumber)}
      />
      <b>{value}</b>
      <small className={styles.share}>{t('assignment.priority.share', { points })}</small>
    </label>
  )
}
