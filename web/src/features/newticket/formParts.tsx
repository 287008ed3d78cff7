import { AutoComplete, Form, Input, Select } from 'antd'
import type { TFunction } from 'i18next'
import { useTranslation } from '@/shared/i18n'
import { TagPicker } from '@/shared/ui'
import styles from './NewTicket.module.css'

interface Known {
  value: string
  label: string
  name: string
}
interface Asking {
  people: Known[]
  search: (typed: string) => void
  name: (name: string) => void
}

/** What a new ticket is asked for, piece by piece: here in our order, or in that of a layout. */
export const formParts = (t: TFunction, { people, search, name }: Asking) => ({
  requester: (
    <div className={styles.pair}>
      <Form.Item
        name="email"
        label={t('newTicket.requester')}
        tooltip={t('newTicket.requesterHint')}
        rules={[{ required: true, type: 'email', message: t('newTicket.needEmail') }]}
      >
        <AutoComplete
          options={people}
          onSearch={search}
          onSelect={(_value, option) => name(option.name)}
        >
          <Input autoFocus inputMode="email" />
        </AutoComplete>
      </Form.Item>
      <Form.Item name="name" label={t('newTicket.requesterName')}>
        <Input />
      </Form.Item>
    </div>
  ),
  subject: (
    <Form.Item
      name="subject"
      label={t('newTicket.subject')}
      rules={[{ required: true, whitespace: true, message: t('newTicket.needSubject') }]}
    >
      <Input maxLength={300} />
    </Form.Item>
  ),
  body: (
    <Form.Item
      name="body"
      label={t('newTicket.body')}
      rules={[{ required: true, whitespace: true, message: t('newTicket.needBody') }]}
    >
      <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} />
    </Form.Item>
  ),
  priority: (
    <Form.Item name="priority" label={t('newTicket.priority')}>
      <Select
        options={(['low', 'normal', 'high', 'urgent'] as const).map((priority) => ({
          value: priority,
          label: t(`priority.${priority}`),
        }))}
      />
    </Form.Item>
  ),
  tags: (
    <Form.Item name="tags" label={t('newTicket.tags')}>
      <TagField />
    </Form.Item>
  ),
})
export type FormParts = ReturnType<typeof formParts>

function TagField({
  value = [],
  onChange,
}: {
  value?: string[]
  onChange?: (tags: string[]) => void
}) {
  const { t } = useTranslation()
  return (
    <TagPicker
      value={value}
      onChange={(tags) => onChange?.(tags)}
      label={t('newTicket.tags')}
      placeholder={t('ticket.addTag')}
      variant="outlined"
    />
  )
}
