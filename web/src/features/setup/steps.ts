import type { SetupStep } from '@/shared/api/admin'

export const stepIds = ['brand', 'email', 'chat', 'team', 'practice'] as const
export type StepId = (typeof stepIds)[number]
export type Where = StepId | 'done'

/** What this app can see for itself, when the server's list does not name a step. */
export type Seen = Partial<Record<StepId, boolean>>

// The server may call a step by another name.
const aliases: Record<string, StepId> = {
  profile: 'brand',
  workspace: 'brand',
  mail: 'email',
  inbox: 'email',
  channel: 'email',
  widget: 'chat',
  invite: 'team',
  agents: 'team',
  ticket: 'practice',
  first_ticket: 'practice',
  practice_ticket: 'practice',
}

export function progress(steps: SetupStep[], seen: Seen): Record<StepId, boolean> {
  const done: Record<StepId, boolean> = {
    brand: seen.brand ?? false,
    email: seen.email ?? false,
    chat: seen.chat ?? false,
    team: seen.team ?? false,
    practice: seen.practice ?? false,
  }
  for (const step of steps) {
    const id = stepIds.find((known) => known === step.id) ?? aliases[step.id]
    if (id) done[id] ||= step.done
  }
  return done
}

/** Where somebody who comes back goes on. */
export const resume = (done: Record<StepId, boolean>): Where =>
  stepIds.find((id) => !done[id]) ?? 'done'

export function after(step: StepId): Where {
  return stepIds[stepIds.indexOf(step) + 1] ?? 'done'
}

export const readStep = (value: unknown): Where | undefined =>
  value === 'done' ? 'done' : stepIds.find((id) => id === value)
