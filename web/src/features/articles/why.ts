/** The words of a reason as they stand in the article: Chinese ones come in overlapping pairs. */
export function phrases(words: readonly string[], text: string, most: number): string[] {
  const lower = text.toLowerCase()
  const covered = new Array<boolean>(text.length).fill(false)
  const found = new Set<string>()
  for (const word of words) {
    for (let at = lower.indexOf(word); at >= 0; at = lower.indexOf(word, at + 1)) {
      // The search cuts the ends of English words off.
      const rest = /^[a-z]*/.exec(lower.slice(at + word.length))?.[0].length ?? 0
      covered.fill(true, at, at + word.length + rest)
      found.add(word)
    }
  }
  const runs: string[] = []
  let run = ''
  for (let at = 0; at <= text.length; at++) {
    if (covered[at]) run += text[at]
    else if (run) {
      runs.push(run)
      run = ''
    }
  }
  // What stands further below in the article is said as it was found.
  return [...new Set([...runs, ...words.filter((word) => !found.has(word))])].slice(0, most)
}
