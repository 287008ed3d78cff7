import { Button, Rate, Select } from 'antd'
import { Plus, X } from 'lucide-react'
import type { Skill, SkillLevel } from '@/shared/api/assignment'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './assignment.module.css'

interface Props {
  skills: Skill[]
  value?: SkillLevel[]
  onChange?: (levels: SkillLevel[]) => void
}

/** Skills with a level of one to five each. */
export function LevelsEditor({ skills, value = [], onChange }: Props) {
  const { t } = useTranslation()
  const taken = new Set(value.map(({ skill_id }) => skill_id))
  const free = skills.filter(({ id }) => !taken.has(id))
  const put = (index: number, change: Partial<SkillLevel>) =>
    onChange?.(value.map((old, at) => (at === index ? { ...old, ...change } : old)))
  if (skills.length === 0) return <p className={styles.none}>{t('assignment.skills.empty')}</p>
  return (
    <div className={styles.list}>
      {value.map((one, index) => {
        const skill = skills.find(({ id }) => id === one.skill_id)
        return (
          <div key={one.skill_id} className={styles.item}>
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
              label={`${skill?.name ?? ''}: ${t('assignment.level')}`}
              value={one.level}
              onChange={(level) => put(index, { level })}
            />
            <IconButton
              icon={X}
              label={`${t('assignment.removeSkill')}: ${skill?.name ?? ''}`}
              onClick={() => onChange?.(value.filter((_, at) => at !== index))}
            />
          </div>
        )
      })}
      <Button
        size="small"
        icon={<Plus size={13} />}
        disabled={free.length === 0}
        onClick={() => free[0] && onChange?.([...value, { skill_id: free[0].id, level: 3 }])}
      >
        {t('assignment.addSkill')}
      </Button>
    </div>
  )
}

interface LevelProps {
  label: string
  value: number
  onChange: (level: number) => void
}

/** One to five, as dots that keys move, too. */
export function Level({ label, value, onChange }: LevelProps) {
  return (
    <span className={styles.level}>
      <Rate
        aria-label={label}
        count={5}
        allowClear={false}
        character="●"
        value={value}
        onChange={onChange}
      />
      <b aria-hidden="true">{value}</b>
    </span>
  )
}
