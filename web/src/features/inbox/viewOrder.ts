/** Ids after one was moved before another, or by a step among its own kind. */
export function moved(ids: string[], id: string, to: string): string[] {
  const from = ids.indexOf(id)
  const at = ids.indexOf(to)
  if (from < 0 || at < 0 || from === at) return ids
  const rest = ids.filter((one) => one !== id)
  return rest.toSpliced(at, 0, id)
}
