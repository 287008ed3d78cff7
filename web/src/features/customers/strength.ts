import type { Identity } from '@/shared/api'

/** 0 hint, 1 claimed, 2 known, 3 proven. */
export const levelOf = ({ strength }: Pick<Identity, 'strength'>) =>
  Math.min(3, Math.max(0, Math.round(strength))) as 0 | 1 | 2 | 3
