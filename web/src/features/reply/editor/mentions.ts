import type { AgentRef, Team } from '@/shared/api'
import { matchesName } from '@/shared/format'

export interface Mentionable {
  kind: 'agent' | 'team'
  id: string
  name: string
  state?: AgentRef['state']
}

export function mentionables(agents: AgentRef[], teams: Team[], typed: string): Mentionable[] {
  const people = agents
    .filter((agent) => agent.active && matchesName(agent.name, typed))
    .map(({ id, name, state }): Mentionable => ({ kind: 'agent', id, name, state }))
  const groups = teams
    .filter((team) => matchesName(team.name, typed))
    .map(({ id, name }): Mentionable => ({ kind: 'team', id, name }))
  return [...people.slice(0, 7), ...groups.slice(0, 4)]
}
