import { create } from 'zustand'

export type Asked = 'merge' | 'split' | 'link' | 'incidents' | null

/** Which dialog about the ticket in front is open. */
export const useAsked = create<{ asked: Asked; ask: (asked: Asked) => void }>((set) => ({
  asked: null,
  ask: (asked) => set({ asked }),
}))
