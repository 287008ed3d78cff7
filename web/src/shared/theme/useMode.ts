import { useSyncExternalStore } from 'react'
import { cssVariables, type Mode, palettes } from './palette'
import { type ThemeChoice, usePreferences } from './preferences'

const query = '(prefers-color-scheme: dark)'

function subscribe(onChange: () => void) {
  const media = window.matchMedia(query)
  media.addEventListener('change', onChange)
  return () => media.removeEventListener('change', onChange)
}

export const resolveMode = (choice: ThemeChoice, systemIsDark: boolean): Mode =>
  choice === 'system' ? (systemIsDark ? 'dark' : 'light') : choice

export function useMode(): Mode {
  const choice = usePreferences((p) => p.theme)
  const systemIsDark = useSyncExternalStore(subscribe, () => window.matchMedia(query).matches)
  return resolveMode(choice, systemIsDark)
}

/** Puts the colours on the root element; called before the first paint and on each change. */
export function applyMode(mode: Mode) {
  const root = document.documentElement
  root.dataset.theme = mode
  root.style.colorScheme = mode
  for (const [name, value] of Object.entries(cssVariables(palettes[mode]))) {
    root.style.setProperty(name, value)
  }
  document.querySelector('meta[name="theme-color"]')?.setAttribute('content', palettes[mode].rail)
}
