/** The colours of the product, named by what they mean. Every text pair passes WCAG AA on its ground. */
const light = {
  ground: '#eef1ef',
  rail: '#e6ebe8',
  panel: '#ffffff',
  panelSoft: '#f7f9f8',
  raised: '#ffffff',
  hover: '#eef3f1',
  selected: '#e0efeb',
  line: '#dfe5e2',
  lineStrong: '#c4cdc9',
  text: '#17211e',
  textSoft: '#4a5652',
  textFaint: '#5f6b67',
  brand: '#0b6b5d',
  brandHover: '#09594d',
  brandSoft: '#e0efeb',
  onBrand: '#ffffff',
  link: '#0a6154',
  focus: '#0b6b5d',
  noteGround: '#fff6dc',
  noteLine: '#e5c772',
  noteText: '#6a4700',
  outGround: '#e6f2ee',
  outLine: '#c3ded6',
  inGround: '#ffffff',
  inLine: '#dfe5e2',
  danger: '#b3261e',
  dangerSoft: '#fdeceb',
  warn: '#835100',
  warnSoft: '#fff3d6',
  ok: '#1c6b2f',
  okSoft: '#e4f3e7',
  info: '#1f5a9c',
  infoSoft: '#e6f0fb',
  violet: '#6a3fa0',
  violetSoft: '#f1eafa',
  neutral: '#4a5652',
  neutralSoft: '#e9eeeb',
  scrim: 'rgba(16, 24, 21, 0.45)',
  shadow: '0 1px 2px rgba(16, 30, 25, 0.06), 0 8px 24px rgba(16, 30, 25, 0.12)',
}

export type Palette = typeof light

const dark: Palette = {
  ground: '#0d1211',
  rail: '#0a0f0e',
  panel: '#141a18',
  panelSoft: '#111715',
  raised: '#1b2321',
  hover: '#1d2623',
  selected: '#17352f',
  line: '#26302d',
  lineStrong: '#3b4844',
  text: '#e7edea',
  textSoft: '#b4c0bb',
  textFaint: '#93a09b',
  brand: '#177a6a',
  brandHover: '#1b8a78',
  brandSoft: '#17352f',
  onBrand: '#ffffff',
  link: '#69d2bf',
  focus: '#69d2bf',
  noteGround: '#2b2410',
  noteLine: '#6b5620',
  noteText: '#f0cf7c',
  outGround: '#15302a',
  outLine: '#24503f',
  inGround: '#1b2321',
  inLine: '#2b3633',
  danger: '#ff938a',
  dangerSoft: '#3a1b19',
  warn: '#f3c36a',
  warnSoft: '#332813',
  ok: '#86d29a',
  okSoft: '#17301e',
  info: '#93c3f7',
  infoSoft: '#162a40',
  violet: '#c9aaf0',
  violetSoft: '#2b2140',
  neutral: '#b4c0bb',
  neutralSoft: '#26302d',
  scrim: 'rgba(0, 0, 0, 0.6)',
  shadow: '0 1px 2px rgba(0, 0, 0, 0.4), 0 10px 28px rgba(0, 0, 0, 0.5)',
}

export const palettes = { light, dark }
export type Mode = keyof typeof palettes

const kebab = (name: string) => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

/** `noteGround` → `--note-ground`, for the style sheets. */
export function cssVariables(palette: Palette): Record<string, string> {
  return Object.fromEntries(
    Object.entries(palette).map(([name, value]) => [`--${kebab(name)}`, value]),
  )
}
