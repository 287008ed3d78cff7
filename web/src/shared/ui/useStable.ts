import { useCallback, useRef } from 'react'

/** The same function over all renders, doing what the last one meant: who gets it is not drawn again. */
export function useStable<Args extends unknown[], Result>(
  run: (...args: Args) => Result,
): (...args: Args) => Result {
  const latest = useRef(run)
  latest.current = run
  return useCallback((...args: Args) => latest.current(...args), [])
}
