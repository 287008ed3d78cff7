import { useQuery } from '@tanstack/react-query'
import { Eye, Lock, PencilLine } from 'lucide-react'
import { customerTypingQuery, type Ticket, type Viewer } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Avatar } from '@/shared/ui'
import styles from './Conversation.module.css'

const names = (viewers: Viewer[]) => viewers.map((viewer) => viewer.name).join('、')

/** Who else is here. Somebody who writes is said loudly, so that no customer gets two answers. */
export function Viewers({ viewers, ticket }: { viewers: Viewer[]; ticket: Ticket }) {
  const { t } = useTranslation()
  const { data: customerTypes } = useQuery(customerTypingQuery(ticket.id))
  const typing = viewers.filter((viewer) => viewer.state === 'typing')
  const noting = typing.filter((viewer) => viewer.mode === 'internal')
  const answering = typing.filter((viewer) => viewer.mode !== 'internal')
  const viewing = viewers.filter((viewer) => viewer.state !== 'typing')
  return (
    <div className={styles.viewers} aria-live="polite">
      {customerTypes && (
        <span data-typing="true">
          <PencilLine size={13} aria-hidden="true" />
          {t('reply.customerTyping')}
        </span>
      )}
      {answering.length > 0 && (
        <span data-typing="true">
          <PencilLine size={13} aria-hidden="true" />
          {t('reply.typing', { names: names(answering) })}
        </span>
      )}
      {noting.length > 0 && (
        <span data-typing="note">
          <Lock size={12} aria-hidden="true" />
          {t('reply.noting', { names: names(noting) })}
        </span>
      )}
      {viewing.length > 0 && (
        <span title={t('reply.viewing', { names: names(viewing) })}>
          <Eye size={13} aria-hidden="true" />
          {viewing.slice(0, 3).map((viewer) => (
            <Avatar key={viewer.agent_id} name={viewer.name} size={20} />
          ))}
          <span className="sr-only">{t('reply.viewing', { names: names(viewing) })}</span>
        </span>
      )}
    </div>
  )
}
