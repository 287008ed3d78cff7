import i18next from 'i18next'
import { initReactI18next, useTranslation } from 'react-i18next'
import type { Locale } from '../theme'
import type { zh } from './zh-CN'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof zh }
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
    await i18next.changeLanguage(locale)
  }
  document.documentElement.lang = locale
}

export const useLocale = (): Locale => {
  const { i18n } = useTranslation()
  return i18n.language === 'en' ? 'en' : 'zh-CN'
}

export { i18next, useTranslation }
