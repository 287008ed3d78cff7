import type { ApprovalAsk } from '@/shared/api/tasks'

/** Who is asked as choices of one list: `agent:1`, `team:2`, `role:3`. */
export const chosenOf = (ask: ApprovalAsk | null | undefined): string[] => [
  ...(ask?.agent_ids ?? []).map((id) => `agent:${id}`),
  ...(ask?.team_id ? [`team:${ask.team_id}`] : []),
  ...(ask?.role_id ? [`role:${ask.role_id}`] : []),
]

/** The choices as they are asked for; of teams and of roles the last one. Nobody: no approval. */
export function readChosen(chosen: readonly string[], all: boolean): ApprovalAsk | null {
  if (chosen.length === 0) return null
  const of = (kind: string) =>
    chosen.filter((one) => one.startsWith(kind)).map((one) => one.slice(kind.length))
  return {
    agent_ids: of('agent:'),
    team_id: of('team:').at(-1) ?? null,
    role_id: of('role:').at(-1) ?? null,
    all,
  }
}
