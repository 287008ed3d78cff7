import { readMinutes } from '@/shared/format/minutes'

const most = 60 * 24 * 31

/** Minutes from `90`, `1h 30m` or `1:30`; null for anything else, for nothing and for too much. Pure. */
export function readLength(text: string): number | null {
  const clock = /^(\d{1,3})[:：]([0-5]\d)$/.exec(text.trim())
  const minutes = clock ? Number(clock[1]) * 60 + Number(clock[2]) : readMinutes(text)
  return minutes !== null && minutes >= 1 && minutes <= most ? minutes : null
}

/** Whole minutes of seconds, never none: what is written down is at least one. */
export const wholeMinutes = (seconds: number) => Math.max(1, Math.round(seconds / 60))
