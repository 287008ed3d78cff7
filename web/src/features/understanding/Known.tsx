import { App, Button, Input } from 'antd'
import { Pencil, X } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import type { SlotValue } from '@/shared/api/understanding'
import { useTranslation } from '@/shared/i18n'
import { CopyButton } from '@/shared/page'
import { IconButton } from '@/shared/ui'
import { useCorrect } from './Reading'
import { showMessage } from './showMessage'
import styles from './understanding.module.css'

/** What the customer has said already, so that nobody asks twice; each value leads to where it was said. */
export function Known({ ticket, slots }: { ticket: Ticket; slots: SlotValue[] }) {
  const { t } = useTranslation()
  if (slots.length === 0) return null
  return (
    <>
      <h4>{t('signals.known')}</h4>
      <ul className={styles.slots}>
        {slots.map((slot) => (
          <Slot key={slot.name} ticket={ticket} slot={slot} />
        ))}
      </ul>
    </>
  )
}

function Slot({ ticket, slot }: { ticket: Ticket; slot: SlotValue }) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const correct = useCorrect(ticket)
  const { message } = App.useApp()
  const name = t(`signals.slots.${slot.name}` as 'signals.slots.order_number', {
    defaultValue: slot.name.replaceAll('_', ' '),
  })
  const mayEdit = ticket.abilities.includes('ticket:edit')
  const remove = () => void correct(`slot:${slot.name}`, '')
  if (editing)
    return (
      <li>
        <Edit
          name={name}
          value={slot.value}
          close={() => setEditing(false)}
          save={(value) => {
            setEditing(false)
            if (value !== slot.value) void correct(`slot:${slot.name}`, value)
          }}
        />
      </li>
    )
  return (
    <li>
      <button
        type="button"
        className={styles.source}
        title={t('signals.showMessage')}
        onKeyDown={(event) => {
          if (event.key === 'Delete' && mayEdit) remove()
        }}
        onClick={() => {
          if (!showMessage(slot.message_id)) message.info(t('signals.further'))
        }}
      >
        <small>{name}</small>
        <span>{slot.value}</span>
        {slot.before.length > 0 && (
          <small>{t('signals.before', { values: slot.before.join(', ') })}</small>
        )}
      </button>
      <CopyButton text={slot.value} />
      {mayEdit && (
        <>
          <IconButton
            icon={Pencil}
            size="small"
            label={t('signals.editSlot', { name })}
            onClick={() => setEditing(true)}
          />
          <IconButton
            icon={X}
            size="small"
            label={t('signals.removeSlot', { name })}
            onClick={remove}
          />
        </>
      )}
    </li>
  )
}

interface EditProps {
  name: string
  value: string
  save: (value: string) => void
  close: () => void
}

function Edit({ name, value, save, close }: EditProps) {
  const { t } = useTranslation()
  const [text, setText] = useState(value)
  return (
    <form
      className={styles.edit}
      onSubmit={(event) => {
        event.preventDefault()
        save(text.trim())
      }}
    >
      <Input
        autoFocus
        size="small"
        maxLength={300}
        aria-label={name}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || event.nativeEvent.isComposing) return
          event.stopPropagation()
          close()
        }}
      />
      <Button size="small" type="primary" htmlType="submit">
        {t('common.save')}
      </Button>
      <Button size="small" type="text" onClick={() => save('')}>
        {t('signals.notSaid')}
      </Button>
    </form>
  )
}
