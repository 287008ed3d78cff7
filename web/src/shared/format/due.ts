/** What a list says of the next promise to a customer. Pure; the clock is passed in. */
export interface Promised {
  state: 'running' | 'paused' | 'done'
  due_at: string | null
  warn_at: string | null
}

export type DueTone = 'calm' | 'soon' | 'late' | 'paused'

export interface DueLabel {
  tone: DueTone
  /** Seconds left; behind the due time those that it is late by. */
  seconds: number
}

export function dueLabel(promise: Promised, now: number): DueLabel | null {
  if (promise.state === 'paused') return { tone: 'paused', seconds: 0 }
  if (promise.state === 'done' || !promise.due_at) return null
  const left = Math.floor((Date.parse(promise.due_at) - now) / 1000)
  if (left <= 0) return { tone: 'late', seconds: Math.abs(left) }
  const soon = promise.warn_at !== null && Date.parse(promise.warn_at) <= now
  return { tone: soon ? 'soon' : 'calm', seconds: left }
}
