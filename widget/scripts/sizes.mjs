// Fails when the widget outgrows its budget: the loader is on every page of every customer.
// Counted is what one visitor loads: loader, frame and the language that is spoken to them.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET = { loader: 4 * 1024, together: 20 * 1024 }
const root = new URL('../../src/yizhan/static/widget/', import.meta.url)
const gz = (file) => gzipSync(readFileSync(new URL(file, root)), { level: 9 }).length

const assets = readdirSync(new URL('assets/', root)).map((name) => `assets/${name}`)
const rows = ['loader.js', 'frame.html', ...assets].map((file) => ({ file, size: gz(file) }))
const isLanguage = ({ file }) => file.startsWith('assets/strings.')
const loader = rows[0].size
const largest = Math.max(0, ...rows.filter(isLanguage).map(({ size }) => size))
const together = rows.filter((r) => !isLanguage(r)).reduce((sum, { size }) => sum + size, largest)

for (const { file, size } of rows) console.log(`${String(size).padStart(6)} B gz  ${file}`)
console.log(`loader ${loader} of ${BUDGET.loader}, together ${together} of ${BUDGET.together} B gz`)
if (loader > BUDGET.loader || together > BUDGET.together) {
  console.error('The widget is over its budget.')
  process.exit(1)
}
