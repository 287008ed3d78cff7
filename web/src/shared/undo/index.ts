import { create } from 'zustand'
import { useHotkeys } from '../hotkeys'

/** The newest thing that can be taken back, for as long as its note is on the screen. */
const useNewest = create<{ undo: (() => void) | null }>(() => ({ undo: null }))

/** Lets the key take something back; what it gives ends that, when the note goes. */
export function offerUndo(undo: () => void): () => void {
  useNewest.setState({ undo })
  return () => {
    if (useNewest.getState().undo === undo) useNewest.setState({ undo: null })
  }
}

export const undoKey = 'z'

/** The key works wherever notes with an undo are shown. */
export function useUndoKey() {
  useHotkeys({
    [undoKey]: (event) => {
      const { undo } = useNewest.getState()
      if (!undo) return
      event.preventDefault()
      useNewest.setState({ undo: null })
      undo()
    },
  })
}
