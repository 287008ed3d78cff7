import { create } from 'zustand'
import type { Id } from '@/shared/api'

/** The bulk run whose progress is on the screen. It goes on in the background without anybody looking. */
export const useBulk = create<{ id: Id | null; show: (id: Id | null) => void }>((set) => ({
  id: null,
  show: (id) => set({ id }),
}))
