import { useQuery } from '@tanstack/react-query'
import { AutoComplete, Form, Input, InputNumber, Segmented, Select } from 'antd'
import { useState } from 'react'
import { addCase, changeCase, type GoldenCase, type GoldenSet, labKey } from '@/shared/api/lab'
import { labelNamesQuery } from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { FormPanel } from '@/shared/page'
import { articlesFoundQuery } from './articles'

interface Props {
  set: GoldenSet
  /** The case to correct; without one a new one is added. */
  row?: GoldenCase
  /** Titles of articles that cases name. */
  articles: Record<string, string>
  close: () => void
}

interface Values {
  text?: string
  ticket_number?: number
  label?: string
  articles?: string[]
}

/** A case by hand: words, or a ticket by its number, and what is right. */
export function CasePanel({ set, row, articles, close }: Props) {
  const { t } = useTranslation()
  const [form] = Form.useForm<Values>()
  const [by, setBy] = useState<'text' | 'ticket'>('text')
  const isRetrieval = set.kind === 'retrieval'
  const initial: Values = row
    ? { text: row.text, label: row.expected[0] ?? '', articles: row.expected }
    : {}
  async function submit(values: Values) {
    const label = values.label?.trim()
    const expected = isRetrieval ? (values.articles ?? []) : label ? [label] : []
    if (row) return changeCase(row.id, { text: values.text ?? '', expected })
    if (by === 'ticket') return addCase(set.id, { ticket_number: values.ticket_number, expected })
    return addCase(set.id, { text: values.text, expected })
  }
  const required = [{ required: true, message: t('common.required') }]
  return (
    <FormPanel
      title={row ? t('lab.correct') : t('lab.addCase')}
      form={form}
      initial={initial}
      submit={submit}
      keys={[[...labKey]]}
      close={close}
    >
      {!row && (
        <Segmented
          block
          value={by}
          aria-label={t('lab.addCase')}
          onChange={setBy}
          options={[
            { value: 'text', label: t('lab.fromText') },
            { value: 'ticket', label: t('lab.fromTicket') },
          ]}
        />
      )}
      {by === 'ticket' ? (
        <Form.Item
          name="ticket_number"
          label={t('lab.ticketNumber')}
          extra={t('lab.ticketHint')}
          rules={required}
        >
          <InputNumber min={1} precision={0} style={{ width: 200 }} />
        </Form.Item>
      ) : (
        <Form.Item name="text" label={t('lab.text')} extra={t('lab.textHint')} rules={required}>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={4000} />
        </Form.Item>
      )}
      {isRetrieval ? (
        <Articles known={row ? articles : {}} />
      ) : (
        <Label set={set} rules={by === 'ticket' ? [] : required} />
      )}
    </FormPanel>
  )
}

function Label({ set, rules }: { set: GoldenSet; rules: { required: boolean }[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: labels = [] } = useQuery(
    labelNamesQuery(set.kind === 'retrieval' || set.kind === 'skill' ? 'satisfaction' : set.kind),
  )
  return (
    <Form.Item name="label" label={t('lab.expected')} rules={rules}>
      <AutoComplete
        allowClear
        showSearch={{
          filterOption: (typed, option) =>
            `${option?.label} ${option?.value}`.toLowerCase().includes(typed.toLowerCase()),
        }}
        options={labels.map(({ label, title }) => ({
          value: label,
          label: title[locale] ? `${title[locale]} (${label})` : label,
        }))}
      />
    </Form.Item>
  )
}

function Articles({ known }: { known: Record<string, string> }) {
  const { t } = useTranslation()
  const [q, setQ] = useState('')
  const { data: found = [], isFetching } = useQuery(articlesFoundQuery(q))
  const chosen = Object.entries(known)
    .filter(([id]) => found.every((one) => one.id !== id))
    .map(([value, label]) => ({ value, label }))
  return (
    <Form.Item name="articles" label={t('lab.articles')}>
      <Select
        mode="multiple"
        showSearch={{ filterOption: false, onSearch: setQ }}
        loading={isFetching}
        options={[...chosen, ...found.map(({ id, title }) => ({ value: id, label: title }))]}
      />
    </Form.Item>
  )
}
