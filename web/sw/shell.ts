/** The app itself, kept by build, so that it opens without a line. Nobody's data passes through here. */
import { isOfBuild, isPage, isPart } from './paths'

declare const self: ServiceWorkerGlobalScope
/** Put in by the build: its name, and the parts that reading and answering are made of. */
declare const __SHELL__: { build: string; files: string[] }

const prefix = 'shell '
const mine = `${prefix}${__SHELL__.build}`
/** Parts that were opened besides. */
const extra = 'parts'
const mostExtra = 120
const document = '/index.html'
/** A line that is there in name only: the page of the last build opens, and learns of a newer one. */
const patience = 4000

async function install() {
  const cache = await caches.open(mine)
  // Between two builds a server may still give the older page: then this one is kept another time.
  const page = await fetch(document, { cache: 'no-cache' })
  if (!page.ok || !isOfBuild(await page.clone().text(), __SHELL__.files)) {
    throw new Error('the page is of another build')
  }
  await cache.addAll(__SHELL__.files)
  await cache.put(document, page)
}

/** This build and the one before it stay: a window of the older one may still need a part. */
async function letGoOfOld() {
  const shells = (await caches.keys()).filter((name) => name.startsWith(prefix) && name !== mine)
  await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)))
  const parts = await caches.open(extra)
  const requests = await parts.keys()
  await Promise.all(requests.slice(0, -mostExtra).map((request) => parts.delete(request)))
}

async function page(request: Request): Promise<Response> {
  const kept = () => caches.match(document, { cacheName: mine })
  const fresh = fetch(request)
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience))
  try {
    const answer = await Promise.race([fresh, late])
    return answer ?? (await kept()) ?? (await fresh)
  } catch (error) {
    const found = await kept()
    if (found) return found
    throw error
  }
}

async function part(request: Request): Promise<Response> {
  const found = await caches.match(request)
  if (found) return found
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(extra)).put(request, answer.clone())
  return answer
}

export function keepShell() {
  self.addEventListener('install', (event) => {
    event.waitUntil(install().then(() => self.skipWaiting()))
  })
  self.addEventListener('activate', (event) => {
    event.waitUntil(letGoOfOld().then(() => self.clients.claim()))
  })
  self.addEventListener('fetch', (event) => {
    const { request } = event
    const url = new URL(request.url)
    if (request.method !== 'GET' || url.origin !== self.location.origin) return
    if (request.mode === 'navigate' && isPage(url.pathname)) event.respondWith(page(request))
    else if (isPart(url.pathname)) event.respondWith(part(request))
  })
}
