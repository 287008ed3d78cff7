import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Input, type InputRef } from 'antd'
import { type Ref, useImperativeHandle, useRef, useState } from 'react'
import { type Head, labelNamesQuery } from '@/shared/api/learning'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { useLabelName } from './useLabelName'

const fixed: Head[] = ['emotion', 'urgency']
const most = 30

interface Props {
  head: Head
  ref: Ref<HTMLInputElement>
  pick: (label: string, isNew: boolean) => void
}

/** Any other label by typing a part of its name; a new one only if it is chosen as such. */
export function LabelPicker({ head, ref, pick }: Props) {
  const { t } = useTranslation()
  const locale = useLocale()
  const name = useLabelName(head)
  const input = useRef<InputRef>(null)
  useImperativeHandle(ref, () => input.current?.input ?? document.createElement('input'))
  const { data: labels = [] } = useQuery(labelNamesQuery(head))
  const [text, setText] = useState('')
  if (fixed.includes(head)) return null
  const wanted = text.trim().toLowerCase()
  const fits = labels
    .map(({ label, title, category }) => ({
      value: label,
      label: name(label),
      words: `${label} ${name(label)} ${localized(category ?? title, locale, '')}`.toLowerCase(),
    }))
    .filter(({ words }) => words.includes(wanted))
    .slice(0, most)
  const options = [
    ...fits.map(({ value, label }) => ({ value, label })),
    { value: 'oos', label: t('learning.outside') },
    ...(wanted && !labels.some(({ label }) => label === wanted)
      ? [{ value: `+${text.trim()}`, label: t('learning.newLabel', { label: text.trim() }) }]
      : []),
  ]
  return (
    <AutoComplete
      value={text}
      onChange={(value: string) => setText(value)}
      options={options}
      onSelect={(value: string) => {
        setText('')
        input.current?.blur()
        const isNew = value.startsWith('+')
        pick(isNew ? value.slice(1) : value, isNew)
      }}
      defaultActiveFirstOption
      style={{ flex: 1, minWidth: 200 }}
    >
      <Input
        ref={input}
        aria-label={t('learning.otherLabel')}
        placeholder={t('learning.otherLabelHint')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') input.current?.blur()
        }}
      />
    </AutoComplete>
  )
}
