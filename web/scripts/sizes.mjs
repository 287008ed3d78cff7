// Components stay small: 95 of 100 TSX files below 250 lines, none above 400.
import { readdirSync, readFileSync } from 'node:fs'
import { argv } from 'node:process'

const files = readdirSync('src', { recursive: true })
  .filter((name) => name.endsWith('.tsx'))
  .map((name) => `src/${name}`)
const lines = files.map((file) => [readFileSync(file, 'utf8').split('\n').length, file])
lines.sort((a, b) => a[0] - b[0])
const p95 = lines[Math.min(lines.length - 1, Math.floor(lines.length * 0.95))]
const worst = lines.at(-1)
if (argv.includes('--list')) for (const [count, file] of lines.slice(-12)) console.log(count, file)
console.log(`tsx files ${lines.length}, p95 ${p95[0]} lines, longest ${worst[0]} (${worst[1]})`)
if (p95[0] >= 250 || worst[0] > 400) process.exitCode = 1
