import { Button, Form, Segmented, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import { ConditionBuilder } from '@/features/views'
import {
  type AssignmentRule,
  assignmentRulesQuery,
  type NewAssignmentRule,
  removeAssignmentRule,
  type Skill,
  type SkillNeed,
  saveAssignmentRule,
  skillsQuery,
} from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { FormPanel, RequiredText, SwitchField } from '@/shared/page'
import { ConfirmBar, IconButton } from '@/shared/ui'
import styles from './assignment.module.css'
import { Level } from './LevelsEditor'

interface Props {
  rule: AssignmentRule | null
  skills: Skill[]
  close: () => void
}

export function RulePanel({ rule, skills, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<NewAssignmentRule>()
  const keys = [assignmentRulesQuery.queryKey, skillsQuery.queryKey]
  return (
    <FormPanel
      title={rule?.name ?? t('assignment.rules.add')}
      form={form}
      width={720}
      initial={{
        name: rule?.name ?? '',
        active: rule?.active ?? true,
        condition: rule?.condition ?? { all: [] },
        needs:
          rule?.needs ??
          skills.slice(0, 1).map(({ id }) => ({ skill_id: id, level: 2, required: true })),
      }}
      submit={() =>
        saveAssignmentRule(rule?.id ?? null, form.getFieldsValue(true) as NewAssignmentRule)
      }
      keys={keys}
      close={close}
      removal={
        rule && {
          title: t('assignment.rules.removeTitle', { name: rule.name }),
          hint: t('assignment.rules.removeHint'),
          run: () => removeAssignmentRule(rule.id),
        }
      }
    >
      {rule?.problem && (
        <ConfirmBar
          tone="danger"
          title={t('assignment.rules.brokenHint', { reason: rule.problem })}
        >
          {null}
        </ConfirmBar>
      )}
      <RequiredText name="name" label={t('kit.name')} autoFocus={!rule} maxLength={100} />
      <Form.Item name="active" valuePropName="checked">
        <SwitchField label={t('assignment.rules.active')} />
      </Form.Item>
      <Form.Item name="condition" label={t('assignment.rules.condition')}>
        <ConditionBuilder impersonal />
      </Form.Item>
      <Form.Item
        name="needs"
        label={t('assignment.rules.needs')}
        extra={t('assignment.rules.needsHint')}
      >
        <NeedsEditor skills={skills} />
      </Form.Item>
    </FormPanel>
  )
}

interface NeedsProps {
  skills: Skill[]
  value?: SkillNeed[]
  onChange?: (needs: SkillNeed[]) => void
}

function NeedsEditor({ skills, value = [], onChange }: NeedsProps) {
  const { t } = useTranslation()
  const taken = new Set(value.map(({ skill_id }) => skill_id))
  const free = skills.filter(({ id }) => !taken.has(id))
  const put = (index: number, change: Partial<SkillNeed>) =>
    onChange?.(value.map((old, at) => (at === index ? { ...old, ...change } : old)))
  return (
    <div className={styles.list}>
      {value.map((one, index) => {
        const skill = skills.find(({ id }) => id === one.skill_id)
        return (
          <div key={one.skill_id} className={styles.need}>
            <Select
              aria-label={t('assignment.skill')}
              value={one.skill_id}
              onChange={(skill_id: string) => put(index, { skill_id })}
              options={[...(skill ? [skill] : []), ...free].map(({ id, name }) => ({
                value: id,
                label: name,
              }))}
              showSearch={{ optionFilterProp: 'label' }}
            />
            <Level
              label={`${skill?.name ?? ''}: ${t('assignment.atLeast')}`}
              value={one.level ?? 1}
              onChange={(level) => put(index, { level })}
            />
            <Segmented
              aria-label={`${skill?.name ?? ''}: ${t('assignment.strict')}`}
              value={one.required === false ? 'preferred' : 'required'}
              options={(['required', 'preferred'] as const).map((kind) => ({
                value: kind,
                label: t(`assignment.${kind}`),
              }))}
              onChange={(kind) => put(index, { required: kind === 'required' })}
            />
            <IconButton
              icon={X}
              label={`${t('assignment.removeSkill')}: ${skill?.name ?? ''}`}
              disabled={value.length === 1}
              onClick={() => onChange?.(value.filter((_, at) => at !== index))}
            />
          </div>
        )
      })}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={free.length === 0}
        onClick={() =>
          free[0] && onChange?.([...value, { skill_id: free[0].id, level: 2, required: true }])
        }
      >
        {t('assignment.addSkill')}
      </Button>
    </div>
  )
}
