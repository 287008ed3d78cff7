// Draws the app's icons out of its sign: `node scripts/icons.mjs` after favicon.svg changed.
import { mkdirSync, readFileSync } from 'node:fs'
import { chromium } from 'playwright-core'

const sign = readFileSync('public/favicon.svg', 'utf8')
const [, strokes] = sign.match(/<rect[^>]*\/>(.*)<\/svg>/s)
const green = '#0b6b5d'
const drawn = (ground, size, part) => {
  const inset = (size * (1 - part)) / 2
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}">${ground}
    <svg x="${inset}" y="${inset}" width="${size * part}" height="${size * part}" viewBox="0 0 32 32">${strokes}</svg></svg>`
}
const full = (size) => `<rect width="${size}" height="${size}" fill="${green}"/>`
const round = (size) =>
  `<rect width="${size}" height="${size}" rx="${size * 0.28}" fill="${green}"/>`
// A system cuts a maskable icon to its own form: what matters lies within the middle four fifths.
const icons = {
  192: [192, drawn(round(192), 192, 1)],
  512: [512, drawn(round(512), 512, 1)],
  maskable: [512, drawn(full(512), 512, 0.8)],
  apple: [180, drawn(full(180), 180, 0.9)],
  badge: [96, drawn('', 96, 1.3)],
}

mkdirSync('public/icons', { recursive: true })
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
})
const page = await browser.newPage()
for (const [name, [size, svg]] of Object.entries(icons)) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(`<style>*{margin:0}svg{display:block}</style>${svg}`)
  await page.screenshot({ path: `public/icons/${name}.png`, omitBackground: true })
}
await browser.close()
