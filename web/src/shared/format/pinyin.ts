// The first character of each initial in the collation order of zh-Hans: a character belongs to the last
// one that is not after it. Enough to find 苏晴 by "sq" without a dictionary.
const bounds = '阿八嚓哒妸发旮哈讥咔垃痳拏噢妑七呥扨它穵夕丫帀'
const letters = 'ABCDEFGHJKLMNOPQRSTWXYZ'.toLowerCase()
const collator = new Intl.Collator('zh-Hans-CN')

export function initialOf(character: string): string {
  if (!/\p{Script=Han}/u.test(character)) return character.toLowerCase()
  let found = ''
  for (let at = 0; at < bounds.length; at++) {
    if (collator.compare(bounds.charAt(at), character) > 0) break
    found = letters.charAt(at)
  }
  return found
}

export const initials = (text: string) => [...text].map(initialOf).join('')

/** Does the typed text mean this name: by its letters, its words or its pinyin initials? */
export function matchesName(name: string, typed: string): boolean {
  const wanted = typed.trim().toLowerCase()
  if (!wanted) return true
  const plain = name.toLowerCase()
  if (plain.includes(wanted)) return true
  return initials(name).replace(/\s+/g, '').includes(wanted.replace(/\s+/g, ''))
}
