import type { Strings } from './strings.zh'

export type { Strings }

/** Only the language that is spoken is loaded; English for every one that we do not have. */
export async function speak(wanted: string): Promise<{ locale: string; t: Strings }> {
  if (/^zh/i.test(wanted)) return { locale: 'zh-CN', t: (await import('./strings.zh')).strings }
  return { locale: wanted, t: (await import('./strings.en')).strings }
}
