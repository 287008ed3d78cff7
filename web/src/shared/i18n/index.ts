import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Locale } from '../theme'
import { type Area, type LazyWords, wantAreas, wordsOf } from './areas'
import type { zh } from './zh-CN'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh & LazyWords }
    strictKeyChecks: true
  }
}

const load = {
  'zh-CN': () => import('./zh-CN').then((words) => words.zh),
  en: () => import('./en').then((words) => words.en),
} satisfies Record<Locale, () => Promise<typeof zh>>

export async function switchLanguage(locale: Locale) {
  if (!i18next.isInitialized) {
    await i18next.use(initReactI18next).init({
      lng: locale,
      resources: { [locale]: { translation: await load[locale]() } },
      interpolation: { escapeValue: false },
      returnNull: false,
    })
  } else {
    if (!i18next.hasResourceBundle(locale, 'translation')) {
      i18next.addResourceBundle(locale, 'translation', await load[locale]())
    }
    i18next.addResourceBundle(locale, 'translation', await wordsOf(locale), true)
    await i18next.changeLanguage(locale)
  }
  document.documentElement.lang = locale
  // An app that is installed now is named in this language.
  const manifest = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')
  if (manifest) manifest.href = `/app.${locale}.webmanifest`
}

/** For a route to await before it is drawn. */
export async function needWords(...areas: Area[]): Promise<void> {
  wantAreas(areas)
  const locale: Locale = i18next.language === 'en' ? 'en' : 'zh-CN'
  i18next.addResourceBundle(locale, 'translation', await wordsOf(locale), true)
}

export const useLocale = (): Locale => {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh-CN'
}

export { localized } from './localized'
export { i18next, useTranslation }
