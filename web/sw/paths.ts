/** What the service worker answers itself. Everything else goes its usual way. */
const notPages =
  /^\/(api|chat|widget|assets|f|in|help|metrics|healthz|readyz|openapi|docs|schema)\b/

/** A page of this app: they are all the same document. */
export const isPage = (path: string) => !notPages.test(path) && !/\.[a-z0-9]+$/i.test(path)

/** Named after its content: what was fetched once is right for ever. */
export const isPart = (path: string) => path.startsWith('/assets/')

/** Whether a document is of this build: it names the entry that is kept with it. */
export const isOfBuild = (html: string, files: string[]) => {
  const entry = /<script type="module"[^>]* src="(\/assets\/[^"]+)"/.exec(html)?.[1]
  return entry !== undefined && files.includes(entry)
}
