import type { Inbox } from '@/shared/api/admin'

export type HealthState = 'off' | 'failing' | 'quiet' | 'fine'

/** An old fault that was followed by good mail is over. */
export function healthOf({ active, state }: Pick<Inbox, 'active' | 'state'>): HealthState {
  if (!active) return 'off'
  const failed = state.last_error_at
  const worked = state.last_in_at
  if (state.last_error && (!failed || !worked || failed > worked)) return 'failing'
  return worked ? 'fine' : 'quiet'
}
