/** Runs when the browser has nothing better to do, and at the latest after some seconds. */
export function whenIdle(run: () => void, within = 4000): () => void {
  if (typeof requestIdleCallback === 'function') {
    const handle = requestIdleCallback(run, { timeout: within })
    return () => cancelIdleCallback(handle)
  }
  const timer = setTimeout(run, 300)
  return () => clearTimeout(timer)
}
