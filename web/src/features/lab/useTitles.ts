import { useQuery } from '@tanstack/react-query'
import type { Kind } from '@/shared/api/lab'
import { labelNamesQuery } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { decided } from './figures'

/** Labels in words, where the program knows them; articles by their titles. */
export function useTitles(kind: Kind, articles: Record<string, string> = {}) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: labels = [] } = useQuery({
    ...labelNamesQuery(kind === 'retrieval' || kind === 'skill' ? 'satisfaction' : kind),
    enabled: kind !== 'retrieval' && kind !== 'skill',
  })
  return (name: string) => {
    if (kind === 'retrieval') return articles[name] ?? name
    if (kind === 'skill') return decided(name) || t('lab.noDecision')
    return labels.find(({ label }) => label === name)?.title[locale] ?? name
  }
}

/** What is right for a case of a kind, as a column is headed. */
export function answerOf(kind: Kind) {
  if (kind === 'retrieval') return 'lab.articles'
  return kind === 'skill' ? 'lab.decision' : 'lab.expected'
}
