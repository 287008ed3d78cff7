import { Button, Checkbox, Input } from 'antd'
import { ArrowDown, ArrowUp, Pencil, Trash2 } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import type { Id, Ticket } from '@/shared/api'
import {
  type ChecklistItem,
  changeItem,
  orderItems,
  removeItem,
  workQuery,
} from '@/shared/api/tasks'
import { useNow } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { IconButton, Tag, Time, UserPicker } from '@/shared/ui'
import { ApprovalFacts, ApprovalState } from './ApprovalItem'
import styles from './tasks.module.css'

const AnyTime = lazy(() => import('@/shared/ui/AnyTime'))

interface Props {
  ticket: Ticket
  item: ChecklistItem
  place: number
  ids: Id[]
  edit: boolean
}

export function Item({ ticket, item, place, ids, edit }: Props) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [open, setOpen] = useState(false)
  const keys = [workQuery(ticket.id).queryKey]
  const { text } = item
  return (
    <li>
      <div className={styles.item}>
        {item.approval ? (
          <ApprovalState state={item.approval.state} />
        ) : (
          <Checkbox
            checked={item.done_at !== null}
            disabled={!edit || busy !== null}
            aria-label={t('work.done', { text })}
            onChange={({ target }) =>
              void run(() => changeItem(item.id, { done: target.checked }), { keys })
            }
          />
        )}
        <div className={styles.words} data-done={item.done_at !== null && !item.approval}>
          <span>
            {text}{' '}
            {item.needed && !item.done_at && (
              <Tag tone="info" title={t('work.approval.needed')}>
                {t('work.approval.neededShort')}
              </Tag>
            )}
          </span>
          <Facts item={item} />
          {item.approval && (
            <ApprovalFacts ticket={ticket} item={item} approval={item.approval} edit={edit} />
          )}
        </div>
        {edit && (
          <IconButton
            icon={Pencil}
            label={t('work.edit', { text })}
            onClick={() => setOpen(!open)}
          />
        )}
      </div>
      {open && edit && (
        <Editor ticket={ticket} item={item} place={place} ids={ids} close={() => setOpen(false)} />
      )}
    </li>
  )
}

/** Who, until when; who did it and when. */
function Facts({ item }: { item: ChecklistItem }) {
  const { t } = useTranslation()
  const now = useNow()
  const late = item.due_at !== null && item.done_at === null && Date.parse(item.due_at) < now
  if (item.done_at && !item.approval)
    return (
      <small>
        {item.done_by && t('work.doneBy', { name: item.done_by.name })} <Time at={item.done_at} />
      </small>
    )
  if (!item.agent && !item.due_at) return null
  return (
    <small>
      {item.agent?.name} {item.due_at && <Time at={item.due_at} />}{' '}
      {late && <Tag tone="danger">{t('work.overdue')}</Tag>}
    </small>
  )
}

function Editor({ ticket, item, place, ids, close }: Omit<Props, 'edit'> & { close: () => void }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [text, setText] = useState(item.text)
  const [agent, setAgent] = useState(item.agent?.id ?? null)
  const [due, setDue] = useState(item.due_at)
  const [needed, setNeeded] = useState(item.needed)
  const keys = [workQuery(ticket.id).queryKey]
  const names = { text: item.text }
  function move(step: 1 | -1) {
    const next = ids.filter((id) => id !== item.id)
    next.splice(place + step, 0, item.id)
    void run(() => orderItems(ticket.id, next), { keys })
  }
  async function save() {
    if (!text.trim()) return
    const body = { text: text.trim(), agent_id: agent, due_at: due, needed }
    if (await run(() => changeItem(item.id, body), { keys })) close()
  }
  return (
    <div className={styles.editor}>
      <Input.TextArea
        autoFocus
        autoSize={{ minRows: 1, maxRows: 5 }}
        maxLength={500}
        value={text}
        readOnly={Boolean(item.approval)}
        aria-label={t('work.itemText')}
        onChange={(event) => setText(event.target.value)}
      />
      <UserPicker
        label={t('work.person')}
        empty={t('work.nobody')}
        value={agent}
        onChange={setAgent}
      />
      <Suspense fallback={null}>
        <AnyTime
          label={t('work.due')}
          value={due ?? undefined}
          choose={(at) => setDue(at.toISOString())}
          clear={() => setDue(null)}
          future
        />
      </Suspense>
      <Checkbox checked={needed} onChange={({ target }) => setNeeded(target.checked)}>
        {t('work.approval.needed')}
      </Checkbox>
      <div className={styles.buttons}>
        <IconButton
          icon={ArrowUp}
          label={t('work.up', names)}
          disabled={place === 0 || busy !== null}
          onClick={() => move(-1)}
        />
        <IconButton
          icon={ArrowDown}
          label={t('work.down', names)}
          disabled={place === ids.length - 1 || busy !== null}
          onClick={() => move(1)}
        />
        <IconButton
          icon={Trash2}
          label={t('work.remove', names)}
          onClick={() => void run(() => removeItem(item.id), { keys })}
        />
        <span className={styles.gap} />
        <Button size="small" onClick={close}>
          {t('common.cancel')}
        </Button>
        <Button
          size="small"
          type="primary"
          loading={busy !== null}
          disabled={!text.trim()}
          onClick={() => void save()}
        >
          {t('common.save')}
        </Button>
      </div>
    </div>
  )
}
