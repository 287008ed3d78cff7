import { AutoComplete } from 'antd'
import type { Ticket } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { OnDemand } from '@/shared/ui'
import styles from './ticket.module.css'
import type { TicketActions } from './useTicketActions'

export const ticketTypes = ['question', 'incident', 'problem', 'task'] as const

interface Props {
  ticket: Ticket
  actions: TicketActions
  readOnly: boolean
}

/** What kind of a ticket it is, where a layout asks for it; other words are types as well. */
export function TicketType({ ticket, actions, readOnly }: Props) {
  const { t } = useTranslation()
  const mayEdit = useCan('ticket:edit', ticket) && !readOnly
  const named = (type: string) =>
    t(`layouts.types.${type}` as 'layouts.types.task', { defaultValue: type })
  const save = (type: string) => {
    if (type.trim() && type !== ticket.type) void actions.patch({ type: type.trim() })
  }
  return (
    <>
      <dt>{t('layouts.items.type')}</dt>
      <dd>
        <OnDemand
          label={t('layouts.items.type')}
          disabled={!mayEdit}
          picker={(state) => (
            <AutoComplete
              autoFocus
              defaultOpen
              variant="borderless"
              aria-label={t('layouts.items.type')}
              options={ticketTypes.map((value) => ({ value, label: named(value) }))}
              defaultValue=""
              placeholder={named(ticket.type)}
              onSelect={save}
              onBlur={(event) => save((event.target as HTMLInputElement).value)}
              style={{ width: '100%' }}
              {...state}
            />
          )}
        >
          <span className={styles.text}>{named(ticket.type)}</span>
        </OnDemand>
      </dd>
    </>
  )
}
