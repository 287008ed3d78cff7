import type { Locale } from '../theme'

/** The words of a name that the server keeps in several languages: `{ zh: …, en: … }`. */
export const localized = (
  names: Record<string, string> | undefined,
  locale: Locale,
  fallback: string,
): string => names?.[locale] ?? names?.[locale.slice(0, 2)] ?? names?.en ?? fallback
