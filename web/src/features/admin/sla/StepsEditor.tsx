import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { teamsQuery } from '@/shared/api'
import type { SlaStep } from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { AgentsPicker } from '../parts/AgentsPicker'
import { MinutesInput } from './MinutesInput'
import { freeKey } from './minutes'
import styles from './sla.module.css'

interface Props {
  value?: SlaStep[]
  onChange?: (steps: SlaStep[]) => void
}

/** What happens before, at and behind a due time. */
export function StepsEditor({ value = [], onChange }: Props) {
  const { t } = useTranslation()
  const put = (index: number, step: SlaStep) =>
    onChange?.(value.map((old, at) => (at === index ? step : old)))
  const add = () => {
    const key = freeKey(
      'step',
      value.map((step) => step.key),
    )
    const notify = { assignee: true, team: false, agents: [], teams: [] }
    onChange?.([...value, { key, after: 0, targets: [], notify, actions: [] }])
  }
  return (
    <div className={styles.targets}>
      {value.map((step, index) => (
        <Step
          key={step.key}
          step={step}
          put={(changed) => put(index, changed)}
          remove={() => onChange?.(value.filter((_, at) => at !== index))}
        />
      ))}
      <Button size="small" icon={<Plus size={13} />} onClick={add}>
        {t('sla.policies.addStep')}
      </Button>
    </div>
  )
}

const nobody = { assignee: true, team: false, agents: [], teams: [] }

type When = 'before' | 'at' | 'after'
const whenOf = (after: number): When => {
  if (after < 0) return 'before'
  return after === 0 ? 'at' : 'after'
}

interface StepProps {
  step: SlaStep
  put: (step: SlaStep) => void
  remove: () => void
}

function Step({ step, put, remove }: StepProps) {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery(teamsQuery)
  const notify: Required<NonNullable<SlaStep['notify']>> = { ...nobody, ...step.notify }
  const when = whenOf(step.after)
  const turn = (wanted: When) => {
    const length = Math.abs(step.after) || 30
    put({ ...step, after: { before: -length, at: 0, after: length }[wanted] })
  }
  return (
    <fieldset className={styles.target}>
      <legend className="sr-only">{t(`sla.policies.when.${when}`)}</legend>
      <div className={styles.stepHead}>
        <Select
          aria-label={t('sla.policies.whenLabel')}
          value={when}
          onChange={turn}
          options={(['before', 'at', 'after'] as const).map((one) => ({
            value: one,
            label: t(`sla.policies.when.${one}`),
          }))}
        />
        {when !== 'at' && (
          <MinutesInput
            label={t('sla.policies.length')}
            value={Math.abs(step.after)}
            onChange={(minutes) =>
              put({ ...step, after: (minutes ?? 0) * (when === 'before' ? -1 : 1) })
            }
          />
        )}
        <IconButton icon={X} label={t('sla.policies.removeStep')} onClick={remove} />
      </div>
      <Checkbox
        checked={notify.assignee}
        onChange={(event) =>
          put({ ...step, notify: { ...notify, assignee: event.target.checked } })
        }
      >
        {t('sla.policies.tellAssignee')}
      </Checkbox>
      <Checkbox
        checked={notify.team}
        onChange={(event) => put({ ...step, notify: { ...notify, team: event.target.checked } })}
      >
        {t('sla.policies.tellTeam')}
      </Checkbox>
      <fieldset className={styles.told}>
        <legend className="sr-only">{t('sla.policies.tellAgents')}</legend>
        <AgentsPicker
          value={notify.agents}
          onChange={(agents) => put({ ...step, notify: { ...notify, agents } })}
        />
      </fieldset>
      <Select
        mode="multiple"
        aria-label={t('sla.policies.tellTeams')}
        placeholder={t('sla.policies.tellTeams')}
        value={notify.teams}
        onChange={(ids: string[]) => put({ ...step, notify: { ...notify, teams: ids } })}
        options={teams.map(({ id, name }) => ({ value: id, label: name }))}
      />
      {(step.actions?.length ?? 0) > 0 && (
        <p className={styles.kindHint}>
          {t('sla.policies.actions', { count: step.actions?.length ?? 0 })}
        </p>
      )}
    </fieldset>
  )
}
