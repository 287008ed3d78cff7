/** Languages by their own names. Articles may be in others as well. */
const names: Record<string, string> = {
  'zh-CN': '简体中文',
  'zh-TW': '繁體中文',
  en: 'English',
  ja: '日本語',
  ko: '한국어',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  'pt-BR': 'Português',
  ru: 'Русский',
}

export const languages = Object.entries(names).map(([value, label]) => ({ value, label }))
export const languageName = (locale: string) => names[locale] ?? locale
