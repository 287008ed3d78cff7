import { create } from 'zustand'

export type Overlay = 'palette' | 'shortcuts' | 'new-ticket' | 'tour' | 'practice' | null

/** Which of the overlays that belong to the whole app is open. */
export const useOverlay = create<{ open: Overlay; show: (overlay: Overlay) => void }>((set) => ({
  open: null,
  show: (open) => set({ open }),
}))

export { type Command, useCommandRegistry, useScreenCommands } from './commands'
