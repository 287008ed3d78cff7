import { Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import {
  type ApprovalAsk,
  askAgain,
  askApproval,
  type ChecklistItem,
  workQuery,
} from '@/shared/api/tasks'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { ApproverPicker } from './ApproverPicker'
import styles from './tasks.module.css'

interface Props {
  ticket: Ticket
  text?: string
  /** Ask again for this one. */
  item?: ChecklistItem
  close: (done: boolean) => void
}

/** What is to be approved, and by whom. */
export function AskApproval({ ticket, text = '', item, close }: Props) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [words, setWords] = useState(item?.text ?? text)
  const [who, setWho] = useState<ApprovalAsk | null>(item?.approval?.ask ?? null)
  const [needed, setNeeded] = useState(true)
  const ready = Boolean(words.trim() && who)
  async function ask() {
    if (!who || !ready) return
    const work = () =>
      item
        ? askAgain(item.id, words.trim(), who)
        : askApproval(ticket.id, words.trim(), who, needed)
    if (await run<unknown>(work, { keys: [workQuery(ticket.id).queryKey] })) close(true)
  }
  return (
    <div className={styles.editor}>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={500}
        value={words}
        aria-label={t('work.itemText')}
        placeholder={t('work.itemText')}
        onChange={(event) => setWords(event.target.value)}
      />
      <ApproverPicker label={t('work.approval.who')} value={who} onChange={setWho} />
      {!item && (
        <Checkbox checked={needed} onChange={({ target }) => setNeeded(target.checked)}>
          {t('work.approval.needed')}
        </Checkbox>
      )}
      <div className={styles.buttons}>
        <span className={styles.gap} />
        <Button size="small" onClick={() => close(false)}>
          {t('common.cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          disabled={!ready}
          loading={busy !== null}
          onClick={() => void ask()}
        >
          {t(item ? 'work.approval.askAgain' : 'work.approval.ask')}
        </Button>
      </div>
    </div>
  )
}
