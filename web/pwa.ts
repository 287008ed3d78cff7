import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { build, type Manifest, type Plugin } from 'vite'

/** Without these nobody reads or answers; everything else is kept once it was opened. */
const needed = [
  'routes/inbox',
  'routes/index',
  'features/conversation',
  'features/offline',
  'features/shell',
  'editor/Editor',
  'i18n/en',
  'i18n/zh-CN',
]

/** Everything that these chunks import, and their styles. */
function graph(manifest: Manifest): string[] {
  const seen = new Set<string>()
  const files = new Set<string>()
  const walk = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(`/${file}`)
    for (const next of chunk.imports ?? []) walk(next)
  }
  for (const [key, chunk] of Object.entries(manifest)) {
    if (chunk.isEntry || needed.some((part) => key.includes(part))) walk(key)
  }
  return [...files].sort()
}

/** The service worker: one file of its own at the root, which names the parts of this build. */
export function pwa(): Plugin {
  let outDir = ''
  return {
    name: 'yizhan-pwa',
    apply: 'build',
    configResolved(config) {
      outDir = resolve(config.root, config.build.outDir)
    },
    // Once everything is written, and only then: a build that failed has nothing to keep.
    async writeBundle() {
      const text = readFileSync(join(outDir, '.vite/manifest.json'), 'utf8')
      const files = graph(JSON.parse(text) as Manifest)
      const name = createHash('sha256').update(files.join()).digest('hex').slice(0, 12)
      await build({
        configFile: false,
        logLevel: 'warn',
        publicDir: false,
        define: { __SHELL__: JSON.stringify({ build: name, files }) },
        build: {
          outDir,
          emptyOutDir: false,
          target: 'es2022',
          lib: { entry: 'sw/sw.ts', formats: ['iife'], name: 'sw', fileName: () => 'sw.js' },
        },
      })
    },
  }
}
