// Registries that carry only some platforms' binaries make npm write a lock file that `npm ci` then refuses
// ("Missing: @biomejs/cli-darwin-arm64@ from lock file"). Adds the absent optional platform packages, pinned to what the parent asks for.
import { readFileSync, writeFileSync } from 'node:fs'

const file = process.argv[2] ?? 'package-lock.json'
const lock = JSON.parse(readFileSync(file, 'utf8'))
const OS = [
  'linux',
  'darwin',
  'win32',
  'freebsd',
  'openbsd',
  'netbsd',
  'android',
  'openharmony',
  'sunos',
  'aix',
  'wasi',
]
const CPU = [
  'x64',
  'arm64',
  'arm',
  'ia32',
  'loong64',
  'ppc64',
  'riscv64',
  's390x',
  'mips64el',
  'wasm32',
]
let n = 0
// Sponsors' addresses are no part of what gets installed; a lock without any address is easy to check.
for (const p of Object.values(lock.packages)) delete p.funding
for (const [path, p] of Object.entries({ ...lock.packages })) {
  for (const [name, range] of Object.entries(p.optionalDependencies ?? {})) {
    const found = []
    for (let at = path; ; ) {
      found.push(`${at ? `${at}/` : ''}node_modules/${name}`)
      if (!at) break
      const i = at.lastIndexOf('node_modules/')
      at = i > 0 ? at.slice(0, i - 1) : ''
    }
    if (found.some((k) => lock.packages[k])) continue
    if (!/^\d/.test(range)) {
      console.warn('skip, not an exact version:', name, range)
      continue
    }
    const words = name.split(/[-/]/)
    const os = OS.filter((o) => words.includes(o)),
      cpu = CPU.filter((c) => words.includes(c))
    const libc = /musl/.test(name) ? ['musl'] : /gnu/.test(name) ? ['glibc'] : undefined
    lock.packages[`node_modules/${name}`] = {
      version: range,
      optional: true,
      ...(p.dev ? { dev: true } : {}),
      ...(os.length ? { os } : {}),
      ...(cpu.length ? { cpu } : {}),
      ...(os[0] === 'linux' && libc ? { libc } : {}),
    }
    n++
  }
}
lock.packages = Object.fromEntries(
  Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)),
)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
console.log('added', n)
