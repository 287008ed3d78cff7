/** Event types by the word before the dot, in the order of the alphabet. */
export function familiesOf(types: string[]): { family: string; types: string[] }[] {
  const families = new Map<string, string[]>()
  for (const type of [...types].sort()) {
    const family = type.split('.')[0] ?? type
    families.set(family, [...(families.get(family) ?? []), type])
  }
  return [...families].map(([family, inner]) => ({ family, types: inner }))
}

/** JSON as people read it; anything else as it came. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}
