import { Modal, Select } from 'antd'
import { useState } from 'react'
import { type LinkRole, linkTicket } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import type { DialogProps } from './Dialogs'
import { roles } from './roles'
import { type Choice, TicketSearch } from './TicketSearch'
import { useDone } from './useDone'

/** What another ticket is to this one. */
export function LinkTo({ ticket, close }: DialogProps) {
  const { t } = useTranslation()
  const [role, setRole] = useState<LinkRole>('related')
  const [other, setOther] = useState<Choice | null>(null)
  const { run, busy } = useAction()
  const { done } = useDone()
  async function link() {
    if (!other) return
    const made = await run(() => linkTicket(ticket.id, role, other.id))
    if (!made) return
    close()
    done(made, t('relations.linked', { number: other.number }))
  }
  return (
    <Modal
      open
      title={t('relations.linkTitle', { number: ticket.number })}
      onCancel={close}
      onOk={() => void link()}
      okText={t('relations.linkNow')}
      okButtonProps={{ disabled: !other, loading: busy !== null }}
      cancelText={t('common.cancel')}
      width={560}
    >
      <Select<LinkRole>
        aria-label={t('relations.role')}
        value={role}
        onChange={setRole}
        style={{ width: '100%', marginBottom: 8 }}
        options={roles.map((value) => ({ value, label: t(`relations.is.${value}`) }))}
      />
      <TicketSearch ticket={ticket} chosen={other} choose={setOther} />
    </Modal>
  )
}
