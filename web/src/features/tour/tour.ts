/** What the tour shows, in order. A target is a real control that says `data-tour`. */
export const steps = [
  { id: 'list', target: 'list', ticket: false },
  { id: 'conversation', target: 'conversation', ticket: true },
  { id: 'reply', target: 'reply', ticket: true },
  { id: 'customer', target: 'customer', ticket: true },
  { id: 'palette', target: 'palette', ticket: false },
  { id: 'shortcuts', target: 'me', ticket: false },
] as const
export type Step = (typeof steps)[number]

/** Where somebody stopped; kept with the person, so that it holds on every device. */
export interface Kept {
  step: number
  done: boolean
}

export function kept(preferences: Record<string, unknown>): Kept {
  const found = preferences.tour
  if (typeof found !== 'object' || found === null) return { step: 0, done: false }
  const { step, done } = found as Partial<Record<keyof Kept, unknown>>
  const at = Number.isInteger(step) ? Number(step) : 0
  return { step: at >= 0 && at < steps.length ? at : 0, done: done === true }
}

/** Where the tour goes on: at its beginning for those who have seen it all. */
export const resume = (preferences: Record<string, unknown>): number => {
  const { step, done } = kept(preferences)
  return done ? 0 : step
}

export interface Box {
  top: number
  left: number
  width: number
  height: number
}
const gap = 14

/** Beside what it speaks of, on the side with room; null for the lower edge where there is none. */
export function beside(target: Box | null, card: Box, screen: Box): Box | null {
  if (!target) return null
  const within = (value: number, most: number) => Math.max(gap, Math.min(value, most - gap))
  const top = within(target.top, screen.height - card.height)
  const left = within(target.left, screen.width - card.width)
  const right = target.left + target.width + gap
  if (right + card.width + gap <= screen.width) return { ...card, top, left: right }
  if (target.left - gap - card.width >= gap)
    return { ...card, top, left: target.left - gap - card.width }
  const below = target.top + target.height + gap
  if (below + card.height + gap <= screen.height) return { ...card, top: below, left }
  const above = target.top - gap - card.height
  if (above >= gap) return { ...card, top: above, left }
  return null
}
