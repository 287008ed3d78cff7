import { useQuery } from '@tanstack/react-query'
import { Button, Checkbox, Form, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { Suspense } from 'react'
import { ActionsField } from '@/features/macros'
import { teamsQuery } from '@/shared/api'
import type { SlaStep } from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import { IconButton, Skeleton } from '@/shared/ui'
import { AgentsPicker } from '../parts/AgentsPicker'
import { MinutesInput } from './MinutesInput'
import { freeKey } from './minutes'
import styles from './sla.module.css'

/** What happens before, at and behind a due time; its actions are forms of their own in the same form. */
export function StepsEditor({ name }: { name: string }) {
  const { t } = useTranslation()
  const form = Form.useFormInstance()
  const fresh = () => {
    const steps: SlaStep[] = form.getFieldValue(name) ?? []
    const key = freeKey(
      'step',
      steps.map((step) => step.key),
    )
    return { key, after: 0, targets: [], notify: nobody, actions: [] }
  }
  return (
    <Form.List name={name}>
      {(entries, { add, remove }) => (
        <div className={styles.targets}>
          {entries.map((entry) => (
            <fieldset key={entry.key} className={styles.target}>
              <Form.Item name={entry.name} noStyle>
                <Step remove={() => remove(entry.name)} />
              </Form.Item>
              <Suspense fallback={<Skeleton lines={1} />}>
                <ActionsField
                  name={[entry.name, 'actions']}
                  path={[name, entry.name, 'actions']}
                  legend={t('sla.policies.actions')}
                />
              </Suspense>
            </fieldset>
          ))}
          <Button size="small" icon={<Plus size={13} />} onClick={() => add(fresh())}>
            {t('sla.policies.addStep')}
          </Button>
        </div>
      )}
    </Form.List>
  )
}

const nobody = { assignee: true, team: false, agents: [], teams: [] }

type When = 'before' | 'at' | 'after'
const whenOf = (after: number): When => {
  if (after < 0) return 'before'
  return after === 0 ? 'at' : 'after'
}

interface StepProps {
  /** Both are given by the form. */
  value?: SlaStep
  onChange?: (step: SlaStep) => void
  remove: () => void
}

function Step({ value: step, onChange: put = () => undefined, remove }: StepProps) {
  const { t } = useTranslation()
  const { data: teams = [] } = useQuery(teamsQuery)
  if (!step) return null
  const notify: Required<NonNullable<SlaStep['notify']>> = { ...nobody, ...step.notify }
  const when = whenOf(step.after)
  const turn = (wanted: When) => {
    const length = Math.abs(step.after) || 30
    put({ ...step, after: { before: -length, at: 0, after: length }[wanted] })
  }
  return (
    <>
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
          aria-label={t('sla.policies.tellAgents')}
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
    </>
  )
}
