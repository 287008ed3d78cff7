import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { type Moves, mergePreviewQuery, mergeTicket } from '@/shared/api/relations'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { errorText } from '@/shared/ui'
import type { DialogProps } from './Dialogs'
import styles from './relations.module.css'
import { type Choice, TicketSearch } from './TicketSearch'
import { useDone } from './useDone'

/** This ticket goes into another one; what would move is shown before. */
export function Merge({ ticket, close }: DialogProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [into, setInto] = useState<Choice | null>(null)
  const { run, busy } = useAction()
  const { done } = useDone()
  const preview = useQuery({
    ...mergePreviewQuery(ticket.id, into?.id ?? ''),
    enabled: into !== null,
  })
  async function merge() {
    if (!into) return
    const made = await run(() => mergeTicket(ticket.id, into.id))
    if (!made) return
    close()
    const open = (id: Id) =>
      void navigate({ to: '/inbox', search: (old) => ({ view: 'all', ...old, ticket: id }) })
    done(made, t('relations.merged', { from: ticket.number, into: into.number }), () =>
      open(ticket.id),
    )
    open(into.id)
  }
  return (
    <Modal
      open
      title={t('relations.mergeTitle', { number: ticket.number })}
      onCancel={close}
      onOk={() => void merge()}
      okText={t('relations.mergeNow')}
      // Looked at again while it is shown, the button stays: it may have the focus.
      okButtonProps={{ disabled: !preview.data, loading: busy !== null }}
      cancelText={t('common.cancel')}
      width={560}
    >
      <TicketSearch ticket={ticket} chosen={into} choose={setInto} />
      <div role="status" className={styles.preview}>
        {into && preview.error && <p className={styles.problem}>{errorText(t, preview.error)}</p>}
        {into && preview.data && <What moves={preview.data} into={into} />}
      </div>
    </Modal>
  )
}

function What({ moves, into }: { moves: Moves; into: Choice }) {
  const { t } = useTranslation()
  const { messages, files, tags, watchers } = moves
  return (
    <>
      <p>{t('relations.moves', { number: into.number, messages, files })}</p>
      {tags.length > 0 && <p>{t('relations.movesTags', { tags: tags.join(', ') })}</p>}
      {watchers.length > 0 && <p>{t('relations.movesWatchers', { count: watchers.length })}</p>}
      <Warnings codes={moves.warnings} />
      <p className={styles.note}>{t('relations.keepsAddress')}</p>
    </>
  )
}

export function Warnings({ codes }: { codes: string[] }) {
  const { t } = useTranslation()
  if (codes.length === 0) return null
  return (
    <ul className={styles.warnings}>
      {codes.map((code) => (
        <li key={code}>
          {t(`relations.warnings.${code}` as 'relations.warnings.reopens', { defaultValue: code })}
        </li>
      ))}
    </ul>
  )
}
