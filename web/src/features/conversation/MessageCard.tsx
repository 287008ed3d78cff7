import { Bot, Ellipsis, FileCode, Lock, ShieldAlert, ShieldQuestion } from 'lucide-react'
import { memo, useState } from 'react'
import { type Address, type Message, rawAddress } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Avatar, ChannelIcon, Tag, Time } from '@/shared/ui'
import { Attachments } from './Attachments'
import { Delivery } from './Delivery'
import { MailBody, PlainText } from './MailBody'
import styles from './Message.module.css'

interface Props {
  message: Message
  joined: boolean
  restore: (message: Message) => void
}

const kindOf = (message: Message) =>
  message.visibility === 'internal' ? 'note' : message.direction

export const MessageCard = memo(function MessageCard({ message, joined, restore }: Props) {
  const { t } = useTranslation()
  if (message.direction === 'system') {
    return (
      <p className={styles.system}>
        <span>{message.body_text}</span> <Time at={message.created_at} style="clock" />
      </p>
    )
  }
  const kind = kindOf(message)
  const local = !/^\d+$/.test(message.id)
  return (
    <article
      className={styles.message}
      data-message={message.id}
      data-kind={kind}
      data-joined={joined}
      data-local={local}
      aria-label={`${message.author.name || t('common.unknown')}, ${t(kind === 'note' ? 'message.internal' : kind === 'in' ? 'message.incoming' : 'message.public')}`}
    >
      <span className={styles.gutter}>
        {!joined && <Avatar name={message.author.name} size={30} />}
      </span>
      <div className={styles.card}>
        {!joined && <Head message={message} note={kind === 'note'} />}
        <Body message={message} />
        <Attachments files={message.attachments} shownInline={Boolean(message.body_html)} />
        {message.direction === 'out' && <Delivery message={message} restore={restore} />}
      </div>
    </article>
  )
})

function Head({ message, note }: { message: Message; note: boolean }) {
  const { t } = useTranslation()
  return (
    <header className={styles.head}>
      <strong>{message.author.name || t('common.unknown')}</strong>
      {note && (
        <span className={styles.noteBadge} title={t('message.internalHint')}>
          <Lock size={11} aria-hidden="true" /> {t('message.internal')}
        </span>
      )}
      {message.automatic && (
        <Tag>
          <Bot size={11} aria-hidden="true" /> {t('message.automatic')}
        </Tag>
      )}
      <Verdict verdict={message.direction === 'in' ? message.sender_verdict : null} />
      <span className={styles.meta}>
        {!note && message.channel && <ChannelIcon channel={message.channel} size={12} />}
        {message.edited_at && <span>{t('message.edited')}</span>}
        <Time at={message.created_at} style="clock" />
        {message.has_raw && <Original message={message} />}
      </span>
      <Recipients message={message} />
    </header>
  )
}

function Verdict({ verdict }: { verdict: Message['sender_verdict'] }) {
  const { t } = useTranslation()
  if (verdict === 'fail') {
    return (
      <Tag tone="danger">
        <ShieldAlert size={11} aria-hidden="true" /> {t('message.verdictFail')}
      </Tag>
    )
  }
  if (verdict !== 'none') return null
  return (
    <span className={styles.faint} title={t('message.verdictNone')}>
      <ShieldQuestion size={12} aria-hidden="true" />
      <span className="sr-only">{t('message.verdictNone')}</span>
    </span>
  )
}

const addresses = (list: Address[]) => list.map(({ name, address }) => name || address).join(', ')

function Recipients({ message }: { message: Message }) {
  const { t } = useTranslation()
  const { to = [], cc = [] } = message
  if (cc.length === 0 && to.length < 2) return null
  return (
    <p className={styles.recipients}>
      {to.length > 0 && `${t('message.to')}: ${addresses(to)}`}
      {cc.length > 0 && `  ${t('message.cc')}: ${addresses(cc)}`}
    </p>
  )
}

/** A plain link: a long time line has one of these for each mail. */
function Original({ message }: { message: Message }) {
  const { t } = useTranslation()
  return (
    <a
      className={styles.original}
      href={rawAddress(message.id)}
      target="_blank"
      rel="noreferrer"
      title={t('message.raw')}
      aria-label={t('message.raw')}
    >
      <FileCode size={14} aria-hidden="true" />
    </a>
  )
}

function Body({ message }: { message: Message }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const quoted = message.quoted_html || message.quoted_text
  return (
    <div className={styles.body}>
      <MailBody
        html={message.body_html}
        text={message.body_text}
        attachments={message.attachments}
      />
      {quoted && (
        <button
          type="button"
          className={styles.quoteToggle}
          aria-expanded={open}
          aria-label={open ? t('message.hideQuote') : t('message.showQuote')}
          title={open ? t('message.hideQuote') : t('message.showQuote')}
          onClick={() => setOpen(!open)}
        >
          <Ellipsis size={14} aria-hidden="true" />
        </button>
      )}
      {open && (
        <div className={styles.quote}>
          {message.quoted_html ? (
            <MailBody
              html={message.quoted_html}
              text={message.quoted_text ?? ''}
              attachments={message.attachments}
            />
          ) : (
            <PlainText text={message.quoted_text ?? ''} />
          )}
        </div>
      )}
    </div>
  )
}
