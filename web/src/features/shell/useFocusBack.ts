import { useEffect } from 'react'

const most = 24

/** Whether the keyboard is nowhere: what had it is gone. */
const lost = () => document.activeElement === null || document.activeElement === document.body

/** Whether it can have the keyboard; then it has. */
function takes(element: HTMLElement) {
  if (element.isConnected && element.getClientRects().length > 0)
    element.focus({ preventScroll: true })
  return !lost()
}

/**
 * When a dialog, panel or menu goes, the keyboard goes on where it was before. They are taken from the
 * page when they close, so that none of them is left to give the focus back itself.
 */
export function useFocusBack() {
  useEffect(() => {
    let trail: HTMLElement[] = []
    const remember = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return
      trail = [...trail.filter((one) => one !== target && one.isConnected), target].slice(-most)
    }
    const giveBack = (records: MutationRecord[]) => {
      const last = trail.at(-1)
      // Who left a field on purpose is not led back into it when a note goes.
      const took = records.some(({ removedNodes }) =>
        [...removedNodes].some((node) => last && node.contains(last)),
      )
      if (took && lost()) trail.findLast(takes)
    }
    // Whatever lies above the page is a child of the body.
    const watch = new MutationObserver(giveBack)
    watch.observe(document.body, { childList: true })
    document.addEventListener('focusin', remember)
    return () => {
      watch.disconnect()
      document.removeEventListener('focusin', remember)
    }
  }, [])
}
