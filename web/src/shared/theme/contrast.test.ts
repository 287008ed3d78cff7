import { describe, expect, it } from 'vitest'
import { type Palette, palettes } from './palette'

function luminance(hex: string) {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

function contrast(a: string, b: string) {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

const grounds: (keyof Palette)[] = [
  'panel',
  'panelSoft',
  'ground',
  'rail',
  'hover',
  'selected',
  'raised',
]
const pairs: [keyof Palette, keyof Palette][] = [
  ...grounds.flatMap((ground): [keyof Palette, keyof Palette][] => [
    ['text', ground],
    ['textSoft', ground],
    ['textFaint', ground],
    ['link', ground],
    ['danger', ground],
    ['warn', ground],
  ]),
  ['onBrand', 'brand'],
  ['noteText', 'noteGround'],
  ['text', 'noteGround'],
  ['textFaint', 'noteGround'],
  ['text', 'outGround'],
  ['textFaint', 'outGround'],
  ['text', 'inGround'],
  ['danger', 'dangerSoft'],
  ['warn', 'warnSoft'],
  ['ok', 'okSoft'],
  ['info', 'infoSoft'],
  ['violet', 'violetSoft'],
  ['neutral', 'neutralSoft'],
]

describe.each(Object.entries(palettes))('%s palette', (_name, palette) => {
  it.each(pairs)('%s is readable on %s', (text, ground) => {
    expect(contrast(palette[text], palette[ground])).toBeGreaterThanOrEqual(4.5)
  })
})
