import { useQuery } from '@tanstack/react-query'
import { Modal, Select } from 'antd'
import { useState } from 'react'
import { ApiError } from '@/shared/api'
import { type LinkRole, linkPreviewQuery, linkTicket } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { errorText } from '@/shared/ui'
import type { DialogProps } from './Dialogs'
import { Warnings } from './Merge'
import styles from './relations.module.css'
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
  const preview = useQuery({
    ...linkPreviewQuery(ticket.id, role, other?.id ?? ''),
    enabled: other !== null,
  })
  const there = preview.data?.links === 0
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
      okButtonProps={{
        disabled: !preview.data || there,
        loading: busy !== null,
      }}
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
      <div role="status" className={styles.preview}>
        {other && preview.error && <Refusal error={preview.error} />}
        {other && preview.data && !there && (
          <p>
            {t('relations.willBe', {
              number: ticket.number,
              other: other.number,
              role: t(`relations.roles.${role}`),
            })}
          </p>
        )}
        <Warnings codes={(other && preview.data?.warnings) || []} />
      </div>
    </Modal>
  )
}

/** Why two tickets cannot be linked like that, as far as there are words for it. */
function Refusal({ error }: { error: Error }) {
  const { t } = useTranslation()
  const reason = error instanceof ApiError ? String(error.problem.reason ?? '') : ''
  return (
    <p className={styles.problem}>
      {errorText(t, error)}{' '}
      {t(`relations.cannot.${reason}` as 'relations.cannot.circle', { defaultValue: '' })}
    </p>
  )
}
