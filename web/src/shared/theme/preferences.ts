import { create } from 'zustand'
import { persist } from 'zustand/middleware'
import type { Mode } from './palette'

export type ThemeChoice = Mode | 'system'
export type Locale = 'zh-CN' | 'en'

interface Preferences {
  theme: ThemeChoice
  locale: Locale
  viewsOpen: boolean
  listForm: 'compact' | 'table'
  /** Of the table, in views that nobody saved. */
  columns: string[]
  panelOpen: boolean
  shortcuts: boolean
  afterResolve: 'next' | 'list' | 'stay'
  set: (change: Partial<Omit<Preferences, 'set'>>) => void
}

const browserLocale = (): Locale =>
  typeof navigator !== 'undefined' && !navigator.language.toLowerCase().startsWith('zh')
    ? 'en'
    : 'zh-CN'

/** What one person likes on one device. Everything else lives in the URL or on the server. */
export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      theme: 'system',
      locale: browserLocale(),
      viewsOpen: true,
      listForm: 'compact',
      columns: [],
      panelOpen: true,
      shortcuts: true,
      afterResolve: 'next',
      set: (change) => set(change),
    }),
    { name: 'yizhan.preferences' },
  ),
)
