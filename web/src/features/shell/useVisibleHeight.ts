import { useEffect } from 'react'

const keyboard = 120

/**
 * The screen above the keyboard. Most browsers make the page smaller themselves; others lay the keyboard
 * over it, and what is being written would lie beneath.
 */
export function useVisibleHeight() {
  useEffect(() => {
    const visible = window.visualViewport
    if (!visible) return
    const { style, dataset } = document.documentElement
    const whole = { height: window.innerHeight, width: window.innerWidth }
    const fit = () => {
      // Turned around, it is another screen.
      if (whole.width !== window.innerWidth) {
        Object.assign(whole, { height: window.innerHeight, width: window.innerWidth })
      }
      whole.height = Math.max(whole.height, window.innerHeight)
      const covered = visible.scale === 1 && window.innerHeight - visible.height > keyboard
      if (covered) style.setProperty('--visible-height', `${visible.height}px`)
      else style.removeProperty('--visible-height')
      const touch = window.matchMedia('(pointer: coarse)').matches
      if (touch && whole.height - visible.height > keyboard) dataset.keyboard = 'open'
      else delete dataset.keyboard
      if (covered) window.scrollTo(0, 0)
    }
    visible.addEventListener('resize', fit)
    return () => {
      visible.removeEventListener('resize', fit)
      style.removeProperty('--visible-height')
      delete dataset.keyboard
    }
  }, [])
}
