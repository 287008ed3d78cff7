import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import styles from './Popup.module.css'

interface Props {
  label: string
  className?: string
  button: ReactNode
  /** What the tour calls the button. */
  tour?: string
  /** Drawn only while open. */
  children: (close: () => void) => ReactNode
}

/** A button with a panel beside it; Escape and a click elsewhere close it, and the focus comes back. */
export function Popup({ label, className, button, tour, children }: Props) {
  const [place, setPlace] = useState<DOMRect | null>(null)
  const anchor = useRef<HTMLButtonElement>(null)
  const panel = useRef<HTMLDivElement>(null)
  const close = () => setPlace(null)

  useEffect(() => {
    if (!place) return
    panel.current?.focus()
    const outside = (event: PointerEvent) => {
      const target = event.target as Node
      if (!panel.current?.contains(target) && !anchor.current?.contains(target)) setPlace(null)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' && !(event.key === 'Tab' && leaves(event, panel.current))) return
      setPlace(null)
      // Tab goes on from the button, as if the panel lay behind it.
      anchor.current?.focus()
    }
    window.addEventListener('pointerdown', outside)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener('pointerdown', outside)
      window.removeEventListener('keydown', onKey)
    }
  }, [place])

  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={className}
        data-tour={tour}
        aria-label={label}
        aria-haspopup="dialog"
        aria-expanded={place !== null}
        onClick={() => setPlace(place ? null : (anchor.current?.getBoundingClientRect() ?? null))}
      >
        {button}
      </button>
      {place &&
        createPortal(
          <div
            ref={panel}
            role="dialog"
            aria-label={label}
            tabIndex={-1}
            className={styles.panel}
            style={beside(place)}
          >
            {children(close)}
          </div>,
          document.body,
        )}
    </>
  )
}

/** Whether Tab would lead over the edge of the panel: it lies at the end of the page, nothing follows. */
function leaves({ shiftKey, target }: KeyboardEvent, panel: HTMLElement | null) {
  if (!panel?.contains(target as Node)) return false
  // Of the choices of one question Tab stops at the chosen one.
  const stops = [
    ...panel.querySelectorAll(
      'a[href], button:enabled, input:enabled:not([type="radio"]), input:checked',
    ),
  ]
  return shiftKey ? target === panel || target === stops[0] : target === (stops.at(-1) ?? panel)
}

/** Right of a button at the left edge, above one at the lower edge. */
function beside(place: DOMRect) {
  const bottom = window.innerHeight - place.bottom
  return place.left < 80 && window.innerWidth > 720
    ? { left: place.right + 10, bottom: Math.max(8, bottom) }
    : { right: 8, bottom: window.innerHeight - place.top + 8 }
}
