import { create } from 'zustand'

/** Which build is on screen and which the server has: named by the address of the entry script. */
interface Build {
  newer: string | null
  hear: (served: string | null | undefined) => void
}

/** In development the page comes from elsewhere and has no name. */
export function ownBuild(page: Pick<Document, 'querySelector'> = document): string | null {
  const entry = page.querySelector<HTMLScriptElement>('script[type="module"][src*="/assets/"]')
  return entry?.getAttribute('src') ?? null
}

export const useBuild = create<Build>((set) => ({
  newer: null,
  hear(served) {
    const own = ownBuild()
    set({ newer: own && served && served !== own ? served : null })
  },
}))

type Memory = Pick<Storage, 'getItem' | 'setItem'>

/** Once for each reason: servers that disagree, or a file that stays away, must not turn in circles. */
export function firstTime(reason: string, memory: Memory = sessionStorage): boolean {
  const key = `yizhan.reloaded ${reason}`
  if (memory.getItem(key)) return false
  memory.setItem(key, '1')
  return true
}

/** Is something open that a reload would take away? What runs, what is being filled in or written. */
export function unsaved(page: Pick<Document, 'querySelectorAll'> = document): boolean {
  const open = '[role="dialog"], [role="progressbar"], main form'
  if (page.querySelectorAll(open).length > 0) return true
  const written = page.querySelectorAll<HTMLElement>('textarea, [contenteditable="true"]')
  return [...written].some((field) =>
    Boolean(('value' in field ? String(field.value) : (field.textContent ?? '')).trim()),
  )
}
