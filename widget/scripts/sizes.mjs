// Fails when the widget outgrows its budget: the loader is on every page of every customer.
// Counted is what one visitor loads: loader, frame and the language that is spoken to them. What shows
// articles comes with the first word that is written, and has a budget of its own.
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET = { loader: 4 * 1024, together: 20 * 1024, articles: 2 * 1024 }
const root = new URL('../../src/yizhan/static/widget/', import.meta.url)
const gz = (file) => gzipSync(readFileSync(new URL(file, root)), { level: 9 }).length

const assets = readdirSync(new URL('assets/', root)).map((name) => `assets/${name}`)
const rows = ['loader.js', 'frame.html', ...assets].map((file) => ({ file, size: gz(file) }))
const isLanguage = ({ file }) => file.startsWith('assets/strings.')
const isLate = ({ file }) => file.startsWith('assets/articles-')
const loader = rows[0].size
const articles = rows.filter(isLate).reduce((sum, { size }) => sum + size, 0)
const largest = Math.max(0, ...rows.filter(isLanguage).map(({ size }) => size))
const together = rows
  .filter((r) => !isLanguage(r) && !isLate(r))
  .reduce((sum, { size }) => sum + size, largest)

for (const { file, size } of rows) console.log(`${String(size).padStart(6)} B gz  ${file}`)
console.log(
  `loader ${loader} of ${BUDGET.loader}, together ${together} of ${BUDGET.together},` +
    ` articles ${articles} of ${BUDGET.articles} B gz`,
)
if (loader > BUDGET.loader || together > BUDGET.together || articles > BUDGET.articles) {
  console.error('The widget is over its budget.')
  process.exit(1)
}
