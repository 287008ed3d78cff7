/** Full jitter: after an outage of the desk, visitors must not all come back in one second. */
export function delay(attempt: number, random: () => number): number {
  const top = Math.min(30_000, 500 * 2 ** Math.min(attempt, 10))
  return Math.round(top / 2 + (random() * top) / 2)
}
