import { useQuery } from '@tanstack/react-query'
import { type Head, labelNamesQuery } from '@/shared/api/learning'
import { localized, useLocale, useTranslation } from '@/shared/i18n'

/** What people call a label: its name in their language, or the label itself made readable. */
export function useLabelName(head: Head) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data = [] } = useQuery(labelNamesQuery(head))
  const known = new Map(data.map((one) => [one.label, one]))
  return (label: string) => {
    if (label === 'oos') return t('learning.outside')
    if (isWord(label)) return t(`learning.words.${label}`)
    return localized(known.get(label)?.title ?? {}, locale, label.replaceAll('_', ' '))
  }
}

const words = ['negative', 'neutral', 'positive', 'low', 'normal', 'high', 'good', 'bad'] as const
type Word = (typeof words)[number]
const isWord = (label: string): label is Word => words.some((word) => word === label)
