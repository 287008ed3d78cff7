/** Leads to a message of the conversation and marks it for a moment; false while it is not loaded. */
export function showMessage(id: string): boolean {
  const card = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(id)}"]`)
  if (!card) return false
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  card.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' })
  const { outline } = card.style
  card.style.outline = '2px solid var(--brand)'
  setTimeout(() => {
    card.style.outline = outline
  }, 1600)
  return true
}
