import { firstTime, ownBuild, unsaved, useBuild } from './build'

interface Options {
  /** Hears of each navigation before it happens, with the address that it leads to. */
  beforeNavigation: (listener: (href: string) => void) => void
  busy: () => boolean
  go?: (href: string) => void
}

/** Takes the newer build at the next navigation, unless something would be lost. */
export function takeNewBuild({ beforeNavigation, busy, go = leave }: Options) {
  beforeNavigation((href) => {
    const { newer } = useBuild.getState()
    if (newer && !busy() && !unsaved() && firstTime(newer)) go(href)
  })
}
const leave = (href: string) => window.location.assign(href)

/** A part that was not fetched yet is gone with its build: the page is loaded anew, once. */
export function mendMissingParts(reload = () => window.location.reload()) {
  window.addEventListener('vite:preloadError', () => {
    if (navigator.onLine && firstTime(`missing ${ownBuild() ?? ''}`)) reload()
  })
}
