/** What the editor can hold. Markup with more is edited as it is, so that nothing of it gets lost. */
const known = new Set(
  (
    'p br h2 h3 h4 hr b strong i em s del code pre blockquote ul ol li a img table thead tbody tfoot tr td th ' +
    'u sub sup mark kbd ins'
  ).split(' '),
)

/** The elements that the editor would drop, each once. */
export function wouldLose(html: string): string[] {
  const found = [...html.matchAll(/<([a-z][a-z0-9]*)\b/gi)].map(([, tag]) =>
    (tag ?? '').toLowerCase(),
  )
  return [...new Set(found.filter((tag) => !known.has(tag)))].sort()
}
