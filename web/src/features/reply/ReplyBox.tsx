import { Button } from 'antd'
import { Lock, Reply } from 'lucide-react'
import { memo, useCallback, useEffect, useMemo, useState } from 'react'
import type { Conversation, DraftMode, Id, Message, Ticket } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { useCan } from '@/shared/session'
import { Choice, ConfirmBar, useChannelName } from '@/shared/ui'
import { useBridge } from './bridge'
import { Composer } from './Composer'
import styles from './Reply.module.css'
import { useCarries } from './useCarries'
import { useWindow, WindowLeft } from './WindowLeft'

interface Props {
  ticket: Ticket
  /** The last message on screen that the server knows. */
  newest: Id | null
  customerSince: (seen: Id | null) => Message[]
  toEnd: () => void
  onSent: (status?: string) => void
}

const modes = ['public', 'internal'] as const

export const ReplyBox = memo(function ReplyBox(props: Props) {
  const { ticket, newest, customerSince, toEnd, onSent } = props
  const { t } = useTranslation()
  const mayReply = useCan('ticket:reply', ticket)
  const mayNote = useCan('ticket:note', ticket)
  const [wanted, setMode] = useState<DraftMode>('public')
  const mode = modeFor(wanted, { public: mayReply, internal: mayNote })
  const [conversation, setConversation] = useState<Id>()
  const chosen = useConversation(ticket, conversation)
  const { seen, writing, setWriting, look } = useSeen(newest)
  const added = writing && mode === 'public' ? customerSince(seen) : []
  useWishedMode(ticket.id, setMode)
  const { closesAt, reason } = useWindow(chosen)

  if (!mayReply && !mayNote) return <p className={styles.denied}>{t('reply.noWrite')}</p>
  const toggle = () => setMode(mode === 'public' ? 'internal' : 'public')
  return (
    <section
      className={styles.box}
      data-mode={mode}
      data-tour="reply"
      aria-label={t('reply.editor')}
    >
      {added.length > 0 && (
        <ConfirmBar title={t('reply.customerAdded', { count: added.length })}>
          <Button
            size="small"
            onClick={() => {
              toEnd()
              look()
            }}
          >
            {t('reply.seeNew')}
          </Button>
        </ConfirmBar>
      )}
      <div className={styles.top}>
        <Modes mode={mode} may={{ public: mayReply, internal: mayNote }} choose={setMode} />
        {mode === 'public' ? (
          <>
            <Route ticket={ticket} chosen={chosen} choose={setConversation} />
            {closesAt && <WindowLeft at={closesAt} />}
          </>
        ) : (
          <span className={styles.hint}>{t('message.internalHint')}</span>
        )}
      </div>
      {!mayReply && <p className={styles.hintLine}>{t('reply.noPermission')}</p>}
      {mode === 'public' && reason !== null ? (
        <p className={styles.denied}>
          {t(`reply.reasons.${reason}` as 'reply.reasons.no_route', {
            defaultValue: t('reply.cannotReply'),
          })}
        </p>
      ) : (
        <Composer
          key={`${ticket.id}-${mode}`}
          ticket={ticket}
          mode={mode}
          conversation={chosen}
          seenUpTo={seen}
          onWriting={setWriting}
          onToggleMode={mayReply && mayNote ? toggle : () => undefined}
          onSent={onSent}
        />
      )}
    </section>
  )
})

/** The mode that was asked for, if it is allowed; else the other. */
function modeFor(wanted: DraftMode, may: Record<DraftMode, boolean>): DraftMode {
  if (may[wanted]) return wanted
  return wanted === 'public' ? 'internal' : 'public'
}

interface ModesProps {
  mode: DraftMode
  may: Record<DraftMode, boolean>
  choose: (mode: DraftMode) => void
}

function Modes({ mode, may, choose }: ModesProps) {
  const { t } = useTranslation()
  return (
    <div role="tablist" aria-label={t('reply.editor')} className={styles.modes}>
      {modes.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          aria-selected={mode === name}
          disabled={!may[name]}
          data-mode={name}
          onClick={() => choose(name)}
        >
          {name === 'public' ? (
            <Reply size={14} aria-hidden="true" />
          ) : (
            <Lock size={13} aria-hidden="true" />
          )}
          {name === 'public' ? t('reply.reply') : t('reply.note')}
        </button>
      ))}
    </div>
  )
}

/** Where the answer goes: the conversation that was chosen, else the one that can be answered. */
function useConversation(ticket: Ticket, wanted?: Id): Conversation | undefined {
  return useMemo(() => {
    const { conversations } = ticket
    return (
      conversations.find(({ id }) => id === wanted) ??
      conversations.findLast(({ can_reply }) => can_reply) ??
      conversations.at(-1)
    )
  }, [ticket, wanted])
}

/** What the writer has seen: everything until the first word, then what they have looked at. */
function useSeen(newest: Id | null) {
  const [writing, setWritingState] = useState(false)
  const [marked, setMarked] = useState<Id | null>(null)
  const setWriting = useCallback(
    (on: boolean) => {
      setWritingState(on)
      setMarked((old) => (on ? (old ?? newest) : null))
    },
    [newest],
  )
  return { writing, setWriting, seen: marked ?? newest, look: () => setMarked(newest) }
}

function useWishedMode(ticket: Id, setMode: (mode: DraftMode) => void) {
  const wish = useBridge((bridge) => bridge.wish)
  useEffect(() => {
    if (wish?.ticket === ticket) setMode(wish.mode)
  }, [wish, ticket, setMode])
}

function Route({
  ticket,
  chosen,
  choose,
}: {
  ticket: Ticket
  chosen?: Conversation
  choose: (id: Id) => void
}) {
  const { t } = useTranslation()
  const channel = useChannelName()
  const { recipients } = useCarries(chosen)
  if (!chosen) return null
  const label = ({ channel: name, reply_to }: Conversation) =>
    reply_to ? `${channel(name)} · ${reply_to}` : channel(name)
  return (
    <span className={styles.route}>
      {ticket.conversations.length > 1 ? (
        <Choice
          label={t('reply.via')}
          items={ticket.conversations.map((item) => ({
            key: item.id,
            label: label(item),
            onClick: () => choose(item.id),
          }))}
        >
          <span className="truncate">{label(chosen)}</span>
        </Choice>
      ) : (
        // Whom it reaches is said by the line of recipients where there is one.
        <span className="truncate">{recipients ? channel(chosen.channel) : label(chosen)}</span>
      )}
    </span>
  )
}
