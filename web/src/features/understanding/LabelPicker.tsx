import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useState } from 'react'
import { type Judged, labelsQuery, type Signal } from '@/shared/api/understanding'
import { matchesName } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './understanding.module.css'
import { outOfScope, wordOf } from './wording'

interface Props {
  head: Judged
  signal: Signal | undefined
  choose: (label: string) => void
  close: () => void
}

/** Type to find, Enter to save: what was guessed comes first, then what the workspace uses most. */
export function LabelPicker({ head, signal, choose, close }: Props) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const { options, isPending } = useOptions(head, signal)
  const own = head === 'intent' || head === 'category'
  const text = typed.trim()
  const isNew = own && text !== '' && !options.some(({ label }) => label === text)
  const offered = isNew
    ? [...options, { value: text, label: t('signals.new', { label: text }), find: text }]
    : options
  return (
    <Select
      className={styles.picker}
      autoFocus
      defaultOpen
      loading={isPending}
      aria-label={t(`signals.heads.${head}`)}
      placeholder={t('signals.find')}
      popupMatchSelectWidth={300}
      options={offered}
      showSearch={{
        searchValue: typed,
        onSearch: setTyped,
        filterOption: (word, option) => matchesName(option?.find ?? '', word),
      }}
      notFoundContent={t('signals.noLabel')}
      onOpenChange={(open) => !open && close()}
      onChange={(label: string) => choose(label)}
    />
  )
}

function useOptions(head: Judged, signal: Signal | undefined) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data = [], isPending } = useQuery(labelsQuery(head))
  const guessed = new Set(
    [signal?.label, ...(signal?.others ?? []).map(({ label }) => label)].filter(Boolean),
  )
  const ordered = [
    ...data.filter(({ label }) => guessed.has(label)),
    ...data.filter(({ label }) => !guessed.has(label)),
  ]
  const options = ordered.map((one) => {
    const label = wordOf(t, locale, head, one)
    // Found by its words in both languages and by its name.
    return { value: one.label, label, find: [one.label, ...Object.values(one.title)].join(' ') }
  })
  if (head === 'intent' || head === 'category')
    options.push({ value: outOfScope, label: t('signals.oos'), find: `oos ${t('signals.oos')}` })
  return { options, isPending }
}
