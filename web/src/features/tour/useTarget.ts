import { useEffect, useState } from 'react'
import type { Box } from './tour'

const same = (a: Box | null, b: Box | null) =>
  a?.top === b?.top && a?.left === b?.left && a?.width === b?.width && a?.height === b?.height

/** Where a control is, as far as it can be seen; it may come, move and go at any time. */
export function useTarget(name: string): Box | null {
  const [box, setBox] = useState<Box | null>(null)
  useEffect(() => {
    const look = () => {
      const found = measure(name)
      setBox((old) => (same(old, found) ? old : found))
    }
    look()
    const timer = window.setInterval(look, 200)
    window.addEventListener('resize', look)
    return () => {
      window.clearInterval(timer)
      window.removeEventListener('resize', look)
    }
  }, [name])
  return box
}

/** The first of its kind that has a place on the screen: a phone has another bar than a desk. */
function measure(name: string): Box | null {
  for (const element of document.querySelectorAll(`[data-tour="${name}"]`)) {
    const { top, left, width, height } = element.getBoundingClientRect()
    if (width > 0 && height > 0 && top < window.innerHeight && left < window.innerWidth)
      return { top, left, width, height }
  }
  return null
}
