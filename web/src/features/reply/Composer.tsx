import { lazy, Suspense, useEffect, useRef, useState } from 'react'
import type { Attachment, DraftMode, Id, Ticket } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { noteTyping, stopTyping } from '@/shared/realtime'
import { useBridge } from './bridge'
import { isEmpty, joined, nothing } from './content'
import { Attach, FileStrip } from './Files'
import styles from './Reply.module.css'
import { SendButton } from './SendButton'
import { StaleBar } from './StaleBar'
import { useDraft } from './useDraft'
import { type NewerMessage, useSend } from './useSend'
import { useUploads } from './useUploads'

const Editor = lazy(() => import('./editor/Editor'))

interface Props {
  ticket: Ticket
  mode: DraftMode
  conversation?: Id
  seenUpTo: Id | null
  onWriting: (writing: boolean) => void
  onToggleMode: () => void
  onSent: (status?: string) => void
}

/** One draft being written: mounted anew for each ticket and mode. */
export function Composer(props: Props) {
  const { ticket, mode, conversation, seenUpTo, onWriting, onToggleMode, onSent } = props
  const { t } = useTranslation()
  const draft = useDraft(ticket.id, mode)
  const send = useSend(ticket)
  const [stale, setStale] = useState<{ newer: NewerMessage[]; status?: string } | null>(null)
  const [focus, setFocus] = useState(0)
  const note = mode === 'internal'
  const addFile = (file: Attachment) =>
    draft.change({ ...draft.current.current, files: [...draft.current.current.files, file] })
  const { uploads, add, cancel } = useUploads(addFile)
  const empty = isEmpty(draft.content)

  useWishes(ticket.id, mode, (content) => {
    if (content) draft.replace(joined(content, draft.current.current))
    setFocus((old) => old + 1)
  })
  useEffect(() => onWriting(!empty), [empty, onWriting])

  async function submit(status?: string, confirmStale = false) {
    const content = draft.current.current
    if (isEmpty(content) || uploads.length > 0) return
    setStale(null)
    draft.replace(nothing)
    stopTyping()
    const outcome = await send({ content, mode, conversation, status, seenUpTo, confirmStale })
    if (outcome.kind === 'sent') return onSent(status)
    draft.replace(joined(content, draft.current.current))
    if (outcome.kind === 'stale') setStale({ newer: outcome.newer, status })
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped; a button does the same
    <div
      className={styles.composer}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        add(event.dataTransfer.files)
      }}
    >
      {stale && (
        <StaleBar
          newer={stale.newer}
          back={() => setStale(null)}
          send={() => void submit(stale.status, true)}
        />
      )}
      <Suspense fallback={<p className={styles.waiting}>{t('common.loading')}</p>}>
        <Editor
          html={draft.content.html}
          version={draft.version}
          focus={focus}
          label={note ? t('reply.note') : t('reply.reply')}
          placeholder={
            note
              ? t('reply.placeholderNote')
              : t('reply.placeholder', { name: ticket.requester.name })
          }
          onChange={(written) => {
            draft.change({ ...draft.current.current, ...written })
            noteTyping(ticket.id, mode)
          }}
          onSubmit={() => void submit()}
          onToggleMode={onToggleMode}
          onFiles={add}
        >
          <Attach add={add} />
          <span className={styles.draftState} role="status">
            {draft.state === 'saved' && !empty && t('reply.draftSaved')}
            {draft.state === 'local' && !empty && t('reply.draftLocal')}
          </span>
          <SendButton
            ticket={ticket}
            note={note}
            disabled={empty || uploads.length > 0}
            send={(status) => void submit(status)}
          />
        </Editor>
      </Suspense>
      <FileStrip
        files={draft.content.files}
        uploads={uploads}
        cancel={cancel}
        remove={(id) => {
          const files = draft.current.current.files.filter((file) => file.id !== id)
          draft.change({ ...draft.current.current, files })
        }}
      />
    </div>
  )
}

/** Somebody else on the screen wants words in this editor, or the cursor. */
function useWishes(
  ticket: Id,
  mode: DraftMode,
  fulfil: (content?: Parameters<typeof joined>[0]) => void,
) {
  const wish = useBridge((bridge) => bridge.wish)
  const done = useBridge((bridge) => bridge.done)
  const latest = useRef(fulfil)
  latest.current = fulfil
  useEffect(() => {
    if (!wish || wish.ticket !== ticket || wish.mode !== mode) return
    latest.current(wish.content)
    done()
  }, [wish, ticket, mode, done])
}
