import { useNavigate } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from '@/shared/i18n'
import { Bar, Guard, Page } from '@/shared/page'
import { PeopleTab } from './PeopleTab'
import { PriorityTab } from './PriorityTab'
import { RulesTab } from './RulesTab'
import { SkillsTab } from './SkillsTab'
import { TeamsTab } from './TeamsTab'
import type { AssignmentTab } from './tabs'
import { WeightsTab } from './WeightsTab'

const bodies = {
  skills: SkillsTab,
  people: PeopleTab,
  rules: RulesTab,
  priority: PriorityTab,
  teams: TeamsTab,
  weights: WeightsTab,
} satisfies Record<AssignmentTab, unknown>

/** Who can do what and when, what tickets need, and how teams give them out. */
export function AssignmentPage({ tab }: { tab: AssignmentTab }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const Body = bodies[tab]
  return (
    <Guard permission="routing:manage">
      <Page title={t('admin.sections.assignment')} lead={t('assignment.lead')}>
        <Bar>
          <Segmented<AssignmentTab>
            aria-label={t('admin.sections.assignment')}
            value={tab}
            options={(Object.keys(bodies) as AssignmentTab[]).map((value) => ({
              value,
              label: t(`assignment.tabs.${value}`),
            }))}
            onChange={(next) => void navigate({ to: '/admin/assignment', search: { tab: next } })}
          />
        </Bar>
        <Body />
      </Page>
    </Guard>
  )
}
