import type { Skill, SkillLevel, SkillStanding } from '@/shared/api/skills'
import { levels } from '@/shared/api/skills'

export const percent = (share: number, locale: string) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)

/** The highest level that a skill has for any intent. */
export const highestOf = (skill: Skill): SkillLevel =>
  skill.standings.reduce<SkillLevel>(
    (best, { level }) => (levels.indexOf(level) > levels.indexOf(best) ? level : best),
    'shadow',
  )

/** All results of a skill at its present levels. */
export function total(standings: SkillStanding[]): { right: number; judged: number } {
  return standings.reduce(
    (sum, { right, judged }) => ({ right: sum.right + right, judged: sum.judged + judged }),
    { right: 0, judged: 0 },
  )
}

/** Which conditions of the next level are not met. */
export function open(standing: SkillStanding): ('results' | 'share' | 'allowed' | 'evaluated')[] {
  const { missing } = standing
  if (!missing) return []
  const found: ('results' | 'share' | 'allowed' | 'evaluated')[] = []
  if (missing.results > 0) found.push('results')
  if (missing.low < missing.share && standing.judged > 0) found.push('share')
  if (!missing.allowed) found.push('allowed')
  if (!missing.evaluated) found.push('evaluated')
  return found
}
