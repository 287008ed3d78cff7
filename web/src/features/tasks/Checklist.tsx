import { useQuery } from '@tanstack/react-query'
import { Button, Input, Select } from 'antd'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import {
  addItem,
  applyTemplate,
  type ChecklistItem,
  templatesQuery,
  workQuery,
} from '@/shared/api/tasks'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import { AskApproval } from './AskApproval'
import { Item } from './Item'
import { Section } from './Section'
import styles from './tasks.module.css'

/** Items in their order; the next one is typed below. */
export function Checklist({ ticket, items }: { ticket: Ticket; items: ChecklistItem[] }) {
  const { t } = useTranslation()
  const mayEdit = useCan('ticket:edit', ticket) && !ticket.merged_into
  const { run, busy } = useAction()
  const [text, setText] = useState('')
  const [asking, setAsking] = useState(false)
  const keys = [workQuery(ticket.id).queryKey]
  const done = items.filter(({ done_at }) => done_at).length
  if (items.length === 0 && !mayEdit) return null
  async function add() {
    if (!text.trim() || busy) return
    if (await run(() => addItem(ticket.id, text), { keys })) setText('')
  }
  return (
    <Section
      title={t('work.checklist')}
      note={items.length > 0 && t('work.progress', { done, all: items.length })}
      open={items.length > 0}
    >
      {items.length > 0 && (
        <ul className={styles.items}>
          {items.map((item, place) => (
            <Item
              key={item.id}
              ticket={ticket}
              item={item}
              place={place}
              ids={items.map(({ id }) => id)}
              edit={mayEdit}
            />
          ))}
        </ul>
      )}
      {asking && (
        <AskApproval
          ticket={ticket}
          text={text}
          close={(done) => {
            if (done) setText('')
            setAsking(false)
          }}
        />
      )}
      {mayEdit && !asking && (
        <div className={styles.add}>
          <Input
            size="small"
            value={text}
            maxLength={500}
            aria-label={t('work.addItem')}
            placeholder={t('work.addItem')}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={() => void add()}
          />
          {text.trim() ? (
            <Button size="small" loading={busy !== null} onClick={() => void add()}>
              {t('common.add')}
            </Button>
          ) : (
            <Templates ticket={ticket} />
          )}
          <IconButton
            icon={UserCheck}
            label={t('work.approval.ask')}
            onClick={() => setAsking(true)}
          />
        </div>
      )}
    </Section>
  )
}

function Templates({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const { data = [] } = useQuery({ ...templatesQuery, staleTime: 300_000 })
  const { run, busy } = useAction()
  if (data.length === 0) return null
  return (
    <Select
      size="small"
      className={styles.templates}
      aria-label={t('work.fromTemplate')}
      placeholder={t('work.fromTemplate')}
      popupMatchSelectWidth={220}
      value={null}
      loading={busy !== null}
      showSearch={{ optionFilterProp: 'label' }}
      options={data.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(id: string | null) =>
        id &&
        void run(() => applyTemplate(ticket.id, id), { keys: [workQuery(ticket.id).queryKey] })
      }
    />
  )
}
