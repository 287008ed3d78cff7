/** Minutes as people write them: `45m`, `4h`, `1h 30m`, or a bare number. Pure. */
export function readMinutes(text: string): number | null {
  const said = text.trim().toLowerCase()
  if (/^\d{1,6}$/.test(said)) return Number(said)
  const found = /^(?:(\d{1,4})\s*h)?\s*(?:(\d{1,6})\s*m)?$/.exec(said)
  if (!found || (!found[1] && !found[2])) return null
  return Number(found[1] ?? 0) * 60 + Number(found[2] ?? 0)
}

export function showMinutes(minutes: number): string {
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60]
  if (hours === 0) return `${rest}m`
  return rest === 0 ? `${hours}h` : `${hours}h ${rest}m`
}
