/** To whom an answer goes. The server's own choice until the writer says otherwise. */
export interface Recipients {
  to: string[]
  cc: string[]
}

export const most = 50

// As strict as is useful: whether a mailbox is there, only its server knows.
const address = /^[^\s@<>"(),:;\\[\]]+@[^\s@<>"(),:;\\[\].]+(\.[^\s@<>"(),:;\\[\].]+)+$/

/** `Li Lei <li@a.example>` is an address too when it is pasted. */
export function readAddress(typed: string): string {
  const text = typed.trim().replace(/^mailto:/i, '')
  return (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim()
}
export const isAddress = (text: string) => text.length <= 254 && address.test(text)

/** Each once, whatever its case; the first spelling stays. */
export function addressList(typed: string[]): string[] {
  const found = new Map<string, string>()
  for (const text of typed.map(readAddress)) {
    if (text && !found.has(text.toLowerCase())) found.set(text.toLowerCase(), text)
  }
  return [...found.values()]
}

export type Problem = 'none' | 'wrong' | 'many'
export function problemOf({ to, cc }: Recipients): Problem | null {
  if (![...to, ...cc].every(isAddress)) return 'wrong'
  if (to.length === 0) return 'none'
  return to.length > most || cc.length > most ? 'many' : null
}

const same = (a: string[], b: string[]) =>
  a.length === b.length && a.every((text, at) => text.toLowerCase() === b[at]?.toLowerCase())

/** What was chosen, or `null` when it is what the server would do by itself. */
export const chosen = (list: Recipients, usual: Recipients): Recipients | null =>
  same(list.to, usual.to) && same(list.cc, usual.cc) ? null : list
