/**
 * Does the typed text spell a title in pinyin? `keys` has the readings of each character, apart by
 * spaces, several by commas: "tui kuan,xin". Each may be typed in full, begun, or by its initial.
 */
export function spells(keys: string, typed: string): boolean {
  const wanted = typed.toLowerCase().replace(/\s+/g, '')
  if (!keys || !wanted) return false
  const places = keys.split(' ').map((place) => place.split(','))
  return places.some((_, start) => from(places, start, wanted))
}

function from(places: string[][], at: number, rest: string): boolean {
  if (rest === '') return true
  return (places[at] ?? []).some((reading) => {
    for (let length = Math.min(reading.length, rest.length); length > 0; length--) {
      const same = reading.startsWith(rest.slice(0, length))
      if (same && from(places, at + 1, rest.slice(length))) return true
    }
    return false
  })
}

/** Do the letters come in this order, at most a few apart? */
export function scattered(text: string, typed: string): boolean {
  let at = -1
  for (const letter of typed) {
    const next = text.indexOf(letter, at + 1)
    if (next < 0 || (at >= 0 && next - at > 12)) return false
    at = next
  }
  return true
}

interface Findable {
  title: string
  shortcut: string
  folder: string
  keys: string
}

/** The lower the better; null when it is not meant. */
export function rank({ title, shortcut, folder, keys }: Findable, typed: string): number | null {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return 5
  const [name, short] = [title.toLowerCase(), shortcut.toLowerCase()]
  if (short === wanted) return 0
  if (short.startsWith(wanted)) return 1
  if (name.startsWith(wanted)) return 2
  if (name.includes(wanted)) return 3
  if (spells(keys, wanted)) return 4
  if (folder.toLowerCase().includes(wanted)) return 6
  return wanted.length > 1 && scattered(name, wanted) ? 7 : null
}

/** What is meant, the likeliest first; what is equally likely stays in its order. */
export function found<T extends Findable>(items: T[], typed: string): T[] {
  return items
    .map((item) => ({ item, rank: rank(item, typed) }))
    .filter((one): one is { item: T; rank: number } => one.rank !== null)
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item)
}
