import { Button, Input, Select, Switch } from 'antd'
import { Plus, X } from 'lucide-react'
import type { SlaTarget } from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import { MinutesInput } from './MinutesInput'
import { freeKey } from './minutes'
import styles from './sla.module.css'

const kinds = ['first_response', 'next_response', 'resolution', 'update', 'assignment'] as const
const priorities = ['low', 'normal', 'high', 'urgent'] as const

interface Props {
  value?: SlaTarget[]
  onChange?: (targets: SlaTarget[]) => void
}

/** The promises of a policy, with their minutes by priority. */
export function TargetsEditor({ value = [], onChange }: Props) {
  const { t } = useTranslation()
  const put = (index: number, change: Partial<SlaTarget>) =>
    onChange?.(value.map((one, at) => (at === index ? { ...one, ...change } : one)))
  const taken = value.map(({ key }) => key)
  const add = () => {
    const kind = kinds.find((one) => !value.some((target) => target.kind === one)) ?? 'update'
    const made = { key: freeKey(kind, taken), kind, name: '', minutes: {}, pausable: true }
    onChange?.([...value, { ...made, warn_minutes: null }])
  }
  return (
    <div className={styles.targets}>
      {value.map((target, index) => (
        <fieldset key={target.key} className={styles.target}>
          <legend className="sr-only">{target.name || t(`due.kinds.${target.kind}`)}</legend>
          <div className={styles.targetHead}>
            <Select
              aria-label={t('sla.policies.kind')}
              value={target.kind}
              onChange={(kind: SlaTarget['kind']) => put(index, { kind })}
              options={kinds.map((kind) => ({ value: kind, label: t(`due.kinds.${kind}`) }))}
            />
            <Input
              aria-label={t('sla.policies.targetName')}
              placeholder={t('sla.policies.targetName')}
              maxLength={100}
              value={target.name}
              onChange={(event) => put(index, { name: event.target.value })}
            />
            <IconButton
              icon={X}
              label={t('sla.policies.removeTarget')}
              onClick={() => onChange?.(value.filter((_, at) => at !== index))}
            />
          </div>
          <p className={styles.kindHint}>{t(`sla.policies.kinds.${target.kind}`)}</p>
          <div className={styles.minutes}>
            {priorities.map((priority) => (
              <MinutesInput
                key={priority}
                label={t(`priority.${priority}`)}
                value={target.minutes[priority] ?? null}
                onChange={(minutes) =>
                  put(index, { minutes: { ...target.minutes, [priority]: minutes } })
                }
              />
            ))}
            <MinutesInput
              label={t('sla.policies.warn')}
              placeholder={t('sla.policies.warnDefault')}
              value={target.warn_minutes ?? null}
              onChange={(warn_minutes) => put(index, { warn_minutes })}
            />
          </div>
          <label className={styles.pausable}>
            <Switch
              size="small"
              aria-label={t('sla.policies.pausable')}
              checked={target.pausable ?? true}
              onChange={(pausable) => put(index, { pausable })}
            />
            {t('sla.policies.pausable')}
          </label>
        </fieldset>
      ))}
      <Button size="small" icon={<Plus size={13} />} onClick={add}>
        {t('sla.policies.addTarget')}
      </Button>
    </div>
  )
}
