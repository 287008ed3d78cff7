import { useQuery } from '@tanstack/react-query'
import { catalogueQuery } from '@/shared/api/macros'
import type { SkillDecision } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useStatuses } from '@/shared/ui'

type Step = SkillDecision['steps'][number]

/** What an action of a skill does, in words: its name and its values, whichever action it is. */
export function useDeed() {
  const { t } = useTranslation()
  const locale = useLocale()
  const statuses = useStatuses()
  const { data: known } = useQuery(catalogueQuery)
  const value = ([name, given]: [string, unknown]): string => {
    const text = Array.isArray(given) ? given.join(', ') : String(given ?? '')
    if (name === 'status') return statuses.name(text)
    if (name === 'priority') return t(`priority.${text}` as 'priority.high', { defaultValue: text })
    if (name === 'type')
      return t(`copilot.offers.types.${text}` as 'copilot.offers.types.task', {
        defaultValue: text,
      })
    return text
  }
  return ({ action, params }: Step) => ({
    name: localized(known?.actions.find(({ id }) => id === action)?.name, locale, action),
    value: Object.entries(params)
      .filter(([name]) => name !== 'field')
      .map(value)
      .join(' · '),
  })
}
