import type { TFunction } from 'i18next'
import type { Judged, Signal } from '@/shared/api/understanding'
import { localized } from '@/shared/i18n'
import type { Locale } from '@/shared/theme'

export const judged: readonly Judged[] = ['intent', 'category', 'emotion', 'urgency', 'complexity']
/** Heads whose labels are always the same, with words of their own. */
const fixed: readonly string[] = ['emotion', 'urgency', 'complexity']
export const outOfScope = 'oos'

interface Named {
  label: string
  title: Record<string, string>
}

/** A label in the reader's words. */
export function wordOf(t: TFunction, locale: Locale, head: string, { label, title }: Named) {
  if (label === outOfScope) return t('signals.oos')
  if (fixed.includes(head))
    return t(`signals.labels.${head}.${label}` as 'signals.labels.emotion.negative', {
      defaultValue: label,
    })
  return localized(title, locale, label)
}

export const languageName = (tag: string, locale: Locale) => {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(tag) ?? tag
  } catch {
    return tag // a tag that no browser knows
  }
}

export type Sureness = 'agent' | 'counted' | 'sure' | 'likely' | 'maybe' | 'unsure'

/** How sure a reading is, in steps that people can tell apart. */
export function sureness({ by, model, abstained, confidence }: Signal): Sureness {
  if (by === 'agent') return 'agent'
  if (model === 'rules') return 'counted'
  if (abstained) return 'unsure'
  if (confidence >= 0.9) return 'sure'
  return confidence >= 0.7 ? 'likely' : 'maybe'
}

export const percent = (share: number, locale: Locale) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 0 }).format(share)
