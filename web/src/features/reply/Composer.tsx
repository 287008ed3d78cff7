import { App } from 'antd'
import { Sparkles } from 'lucide-react'
import { type DragEvent, Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { CopilotPanel } from '@/features/copilot'
import type { Attachment, Conversation, DraftMode, Id, Ticket } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import type { NewerMessage } from '@/shared/offline'
import { noteTyping, stopTyping } from '@/shared/realtime'
import { useCan } from '@/shared/session'
import { IconButton } from '@/shared/ui'
import { useBridge } from './bridge'
import { asHtml, isEmpty, joined, nothing } from './content'
import type { Inserter } from './editor/Editor'
import { Attach, FileStrip } from './Files'
import { Editor } from './lazyEditor'
import { isPicture } from './pictures'
import { RecipientsBar } from './RecipientsBar'
import styles from './Reply.module.css'
import { SendButton } from './SendButton'
import { StaleBar } from './StaleBar'
import { useCarries } from './useCarries'
import { useDraft } from './useDraft'
import { PicturesContext, usePictures } from './usePictures'
import { useRecipients } from './useRecipients'
import { useSend } from './useSend'
import { useUploads } from './useUploads'

interface Props {
  ticket: Ticket
  mode: DraftMode
  conversation?: Conversation
  seenUpTo: Id | null
  onWriting: (writing: boolean) => void
  onToggleMode: () => void
  onSent: (status?: string) => void
}

/** One draft being written: mounted anew for each ticket and mode. */
export function Composer(props: Props) {
  const { ticket, mode, conversation, seenUpTo, onWriting, onToggleMode, onSent } = props
  const { t } = useTranslation()
  const { message: toast } = App.useApp()
  const draft = useDraft(ticket.id, mode)
  const send = useSend(ticket)
  const [stale, setStale] = useState<{ newer: NewerMessage[]; status?: string } | null>(null)
  const [focus, setFocus] = useState(0)
  const [waiting, setWaiting] = useState(0)
  const [copilot, setCopilot] = useState(false)
  const note = mode === 'internal'
  const carries = useCarries(note ? undefined : conversation)
  const recipients = useRecipients(ticket, conversation, draft)
  const { uploads, cancel, pictures, retry, insert, take, attach } = useFiles(draft, carries.html)
  const empty = isEmpty(draft.content)
  const shared = useMemo(() => ({ pictures, retry }), [pictures, retry])

  useWishes(ticket.id, mode, (content, atEnd) => {
    const now = draft.current.current
    if (content) draft.replace(atEnd ? joined(now, content) : joined(content, now))
    setFocus((old) => old + 1)
  })
  useEffect(() => onWriting(!empty), [empty, onWriting])

  async function submit(status?: string, confirmStale = false) {
    const content = draft.current.current
    if (isEmpty(content)) return
    if (uploads.length + waiting > 0) return void toast.warning(t('reply.waitUpload'))
    if (carries.recipients && !recipients.check()) return
    setStale(null)
    draft.replace(nothing)
    stopTyping()
    const sending = { content, mode, conversation: conversation?.id, status, seenUpTo }
    const outcome = await send({ ...sending, confirmStale })
    if (outcome.kind === 'sent' || outcome.kind === 'queued') return onSent(status)
    draft.replace(joined(content, draft.current.current))
    if (outcome.kind === 'stale') setStale({ newer: outcome.newer, status })
  }

  function write(text: string, how: 'insert' | 'replace') {
    const now = draft.current.current
    const said = { html: asHtml(text), text, mentions: [] }
    draft.replace(how === 'replace' ? { ...now, ...said } : joined(now, { ...nothing, ...said }))
    setFocus((old) => old + 1)
  }

  return (
    <DropPlace
      take={(files) => insert.current?.(take(files))}
      copilot={() => setCopilot((open) => !open)}
    >
      {stale && (
        <StaleBar
          newer={stale.newer}
          back={() => setStale(null)}
          send={() => void submit(stale.status, true)}
        />
      )}
      {carries.recipients && <RecipientsBar {...recipients.bar} />}
      {copilot && (
        <Suspense fallback={<p className={styles.waiting}>{t('common.loading')}</p>}>
          <CopilotPanel
            ticket={ticket.id}
            mode={mode}
            read={() => draft.current.current.text}
            write={write}
            close={() => {
              setCopilot(false)
              setFocus((old) => old + 1)
            }}
          />
        </Suspense>
      )}
      <PicturesContext.Provider value={shared}>
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
            onWaiting={setWaiting}
            onSubmit={() => void submit()}
            onToggleMode={onToggleMode}
            onFiles={take}
            insert={insert}
            ticket={ticket.id}
            onLent={(files) => {
              const all = [...draft.current.current.files, ...files]
              draft.change({ ...draft.current.current, files: all })
            }}
          >
            <Attach
              add={attach}
              addPictures={carries.html ? (files) => insert.current?.(take([...files])) : undefined}
            />
            <IconButton
              icon={Sparkles}
              label={t('reply.copilot')}
              keys="$mod+j"
              pressed={copilot}
              onClick={() => setCopilot(!copilot)}
            />
            <span className={styles.draftState} role="status">
              {draft.state === 'saved' && !empty && t('reply.draftSaved')}
              {draft.state === 'local' && !empty && t('reply.draftLocal')}
            </span>
            <SendButton
              ticket={ticket}
              note={note}
              disabled={empty || uploads.length + waiting > 0}
              send={(status) => void submit(status)}
            />
          </Editor>
        </Suspense>
      </PicturesContext.Provider>
      <FileStrip
        files={draft.content.files}
        uploads={uploads}
        cancel={cancel}
        remove={(id) => {
          const files = draft.current.current.files.filter((file) => file.id !== id)
          draft.change({ ...draft.current.current, files })
        }}
      />
    </DropPlace>
  )
}

/** What is pasted, dropped or picked: pictures into the text where it carries them, the rest beside it. */
function useFiles({ current, change }: ReturnType<typeof useDraft>, inText: boolean) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const allowed = useCan('file:upload')
  const keep = (where: 'files' | 'pictures', file: Attachment) =>
    change({ ...current.current, [where]: [...current.current[where], file] })
  const { uploads, add, cancel } = useUploads((file) => keep('files', file))
  // Without the editor there is no text that could show it: then it is attached, never lost.
  const arriving = usePictures((file, open) => keep(open ? 'pictures' : 'files', file))
  const insert = useRef<Inserter | null>(null)

  function take(files: File[]) {
    if (!allowed) {
      message.warning(t('reply.noUpload'))
      return []
    }
    const shown = inText ? files.filter(isPicture) : []
    add(files.filter((file) => !shown.includes(file)))
    return arriving.add(shown)
  }
  return { uploads, cancel, insert, take, attach: add, ...arriving }
}

function DropPlace({
  take,
  copilot,
  children,
}: {
  take: (files: File[]) => void
  copilot: () => void
  children: React.ReactNode
}) {
  const { t } = useTranslation()
  const [over, setOver] = useState(false)
  const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped; a button does the same
    <div
      className={styles.composer}
      data-over={over}
      data-hint={t('reply.dropHere')}
      onKeyDown={(event) => {
        if (event.key.toLowerCase() !== 'j' || !(event.ctrlKey || event.metaKey)) return
        if (event.nativeEvent.isComposing || event.shiftKey) return
        event.preventDefault()
        copilot()
      }}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        const into = event.relatedTarget
        if (!(into instanceof Node && event.currentTarget.contains(into))) setOver(false)
      }}
      onDropCapture={() => setOver(false)}
      onDrop={(event) => {
        // What fell onto the text was taken there.
        if (event.isDefaultPrevented() || !carriesFiles(event)) return
        event.preventDefault()
        take([...event.dataTransfer.files])
      }}
    >
      {children}
    </div>
  )
}

/** Somebody else on the screen wants words in this editor, or the cursor. */
function useWishes(
  ticket: Id,
  mode: DraftMode,
  fulfil: (content: Parameters<typeof joined>[0] | undefined, atEnd: boolean) => void,
) {
  const wish = useBridge((bridge) => bridge.wish)
  const done = useBridge((bridge) => bridge.done)
  const latest = useRef(fulfil)
  latest.current = fulfil
  useEffect(() => {
    if (!wish || wish.ticket !== ticket || wish.mode !== mode) return
    latest.current(wish.content, wish.atEnd)
    done()
  }, [wish, ticket, mode, done])
}
