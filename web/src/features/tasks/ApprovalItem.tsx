import { Button, Input } from 'antd'
import { CircleCheck, CircleX, Hourglass } from 'lucide-react'
import { useState } from 'react'
import type { Ticket } from '@/shared/api'
import {
  type Approval,
  answerApproval,
  type ChecklistItem,
  takeAnswerBack,
  waitingApprovalsQuery,
  workQuery,
} from '@/shared/api/tasks'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Tag, Time, type Tone } from '@/shared/ui'
import { AskApproval } from './AskApproval'
import styles from './tasks.module.css'

const icons = { waiting: Hourglass, approved: CircleCheck, declined: CircleX }
const tones: Record<Approval['state'], Tone> = {
  waiting: 'warn',
  approved: 'ok',
  declined: 'danger',
}

interface Props {
  ticket: Ticket
  item: ChecklistItem
  approval: Approval
  edit: boolean
}

/** Stands in the place of a box to tick: where the approval stands. */
export function ApprovalState({ state }: { state: Approval['state'] }) {
  const { t } = useTranslation()
  const Icon = icons[state]
  return (
    <span className={styles.state} data-state={state} title={t(`work.approval.state.${state}`)}>
      <Icon size={16} aria-hidden="true" />
    </span>
  )
}

/** Who was asked and what they said; for whom it waits, the answer. */
export function ApprovalFacts({ ticket, item, approval, edit }: Props) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [asking, setAsking] = useState(false)
  const { state, people, round, asked_by_name, asked_at } = approval
  const keys = [workQuery(ticket.id).queryKey, waitingApprovalsQuery.queryKey]
  return (
    <div className={styles.approval}>
      <small>
        <Tag tone={tones[state]}>{t(`work.approval.state.${state}`)}</Tag>{' '}
        {asked_by_name
          ? t('work.approval.askedBy', { name: asked_by_name })
          : t('work.approval.askedBySystem')}{' '}
        <Time at={asked_at} />
        {round > 1 && ` · ${t('work.approval.round', { count: round })}`}
      </small>
      <ul>
        {people.map((person) => (
          <li key={person.id}>
            <ApprovalState state={person.state} />
            <span>
              {person.name}
              <span className="sr-only"> {t(`work.approval.state.${person.state}`)}</span>
              {person.comment && <small>{person.comment}</small>}
            </span>
          </li>
        ))}
      </ul>
      {approval.may_answer && <Answer item={item} keys={keys} />}
      <div className={styles.buttons}>
        {approval.may_take_back && (
          <Button
            size="small"
            loading={busy !== null}
            onClick={() => void run(() => takeAnswerBack(item.id), { keys })}
          >
            {t('work.approval.takeBack')}
          </Button>
        )}
        {edit && state !== 'waiting' && !asking && (
          <Button size="small" onClick={() => setAsking(true)}>
            {t('work.approval.askAgain')}
          </Button>
        )}
      </div>
      {asking && <AskApproval ticket={ticket} item={item} close={() => setAsking(false)} />}
    </div>
  )
}

function Answer({ item, keys }: { item: ChecklistItem; keys: readonly (readonly string[])[] }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [comment, setComment] = useState('')
  const say = (approve: boolean) =>
    void run(
      () => answerApproval(item.id, approve, comment.trim()),
      { keys: [...keys], done: t('work.approval.told') },
      String(approve),
    )
  return (
    <fieldset className={styles.answer}>
      <legend className="sr-only">{item.text}</legend>
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 6 }}
        maxLength={2000}
        value={comment}
        aria-label={t('work.approval.comment')}
        placeholder={t('work.approval.commentDecline')}
        onChange={(event) => setComment(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button
          size="small"
          type="primary"
          loading={busy === 'true'}
          disabled={busy !== null}
          onClick={() => say(true)}
        >
          {t('work.approval.approve')}
        </Button>
        <Button
          size="small"
          danger
          loading={busy === 'false'}
          disabled={busy !== null || !comment.trim()}
          onClick={() => say(false)}
        >
          {t('work.approval.decline')}
        </Button>
      </div>
    </fieldset>
  )
}
