/** An article as it goes into an answer. */

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

/** The address stands in the text itself: not every channel carries links behind words. */
export const asLink = (title: string, url: string) => ({
  html: `<p>${escaped(title)}<br><a href="${escaped(url)}">${escaped(url)}</a></p>`,
  text: `${title}\n${url}`,
})

/** On its own, in the article's own words and language. */
export const asMessage = ({ title, summary }: { title: string; summary: string }, url: string) =>
  [title, summary, url].filter(Boolean).join('\n\n')

/** Pictures of articles are not in mails; what they show is said by their words. */
export const asAnswer = ({ html, plain }: { html: string; plain: string }) => ({
  html: html
    .replace(/<img\b[^>]*\balt="([^"]+)"[^>]*>/gi, '[$1]')
    .replace(/<img\b[^>]*>/gi, '')
    .replace(/<h[2-4]>/gi, '<p><strong>')
    .replace(/<\/h[2-4]>/gi, '</strong></p>'),
  text: plain,
})
