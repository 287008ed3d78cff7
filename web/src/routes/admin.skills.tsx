import { createFileRoute } from '@tanstack/react-router'
import { SkillsPage } from '@/features/skills'
import { needWords } from '@/shared/i18n'

export const Route = createFileRoute('/admin/skills')({
  validateSearch: (search): { skill?: string } =>
    typeof search.skill === 'string' ? { skill: search.skill } : {},
  beforeLoad: () => needWords('skills', 'copilot'),
  component: Page,
})

function Page() {
  return <SkillsPage {...Route.useSearch()} />
}
