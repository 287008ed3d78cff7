import type { SkillDecision } from '@/shared/api/skills'
import { useTranslation } from '@/shared/i18n'
import { useStatuses } from '@/shared/ui'

type Step = SkillDecision['steps'][number]

/** What an action of a skill does, in words. */
export function useDeed() {
  const { t } = useTranslation()
  const statuses = useStatuses()
  const value = ({ action, params }: Step): string => {
    const [first] = Object.values(params)
    if (action === 'set_priority') return t(`priority.${params.priority}` as 'priority.high')
    if (action === 'set_status') return statuses.name(String(params.status))
    if (action === 'set_type')
      return t(`copilot.offers.types.${params.type}` as 'copilot.offers.types.task', {
        defaultValue: String(params.type),
      })
    if (action === 'set_field') return String(params.value)
    return Array.isArray(first) ? first.join(', ') : String(first ?? '')
  }
  return (step: Step) =>
    t(`copilot.offers.did.${step.action}` as 'copilot.offers.did.reply', {
      value: value(step),
      defaultValue: step.action,
    })
}
