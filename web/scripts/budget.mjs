// Everything that a screen loads, gzipped as the server does it, against its budget. Run after the build.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const out = new URL('../../src/yizhan/static/app/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', out), 'utf8'))

function collect(key, seen = new Set()) {
  const chunk = manifest[key]
  if (!chunk || seen.has(key)) return seen
  seen.add(key)
  for (const next of chunk.imports ?? []) collect(next, seen)
  return seen
}

function size(keys) {
  const files = new Set()
  for (const key of keys) {
    files.add(manifest[key].file)
    for (const css of manifest[key].css ?? []) files.add(css)
  }
  let total = 0
  for (const file of files) total += gzipSync(readFileSync(new URL(file, out)), { level: 9 }).length
  return total / 1024
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry)
const named = (part) => Object.keys(manifest).filter((key) => key.includes(part))
const shell = collect(entry)
const union = (...parts) => parts.flat().reduce((seen, key) => collect(key, seen), new Set(shell))

// The language of the reader comes with every screen; the larger one counts.
const language = named('i18n/en/index')
const routes = named('?tsr-split=component')
const inbox = [
  ...routes.filter((key) => key.includes('routes/inbox')),
  ...named('features/conversation/index'),
  ...named('editor/Editor'),
  ...named('features/palette'),
  ...named('shell/Messages'),
]
const checks = [
  ['shell', size(union(language)), 240],
  ['inbox with editor', size(union(language, inbox)), 560],
  ...routes
    .filter((key) => !key.includes('routes/inbox'))
    .map((key) => [key.replace(/.*routes\/|\.tsx.*/g, ''), size(union(language, [key])), 620]),
]
for (const [name, kb, limit] of checks) {
  const over = kb > limit
  if (over) process.exitCode = 1
  console.log(
    `${over ? 'OVER' : 'ok  '} ${name.padEnd(28)} ${kb.toFixed(1).padStart(7)} of ${limit} KB gz`,
  )
}
