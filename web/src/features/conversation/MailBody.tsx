import { Button } from 'antd'
import { ImageOff } from 'lucide-react'
import { Fragment, type ReactNode, useMemo, useRef, useState } from 'react'
import type { Attachment } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import styles from './Message.module.css'
import { mailPage, type Node, remoteImages, simpleNodes, withInline } from './mail'
import { Picture } from './Picture'

interface Props {
  html: string | null
  text: string
  attachments: Attachment[]
}

/** Plain text and simple HTML are drawn as our own; a designed mail gets a frame that runs nothing. */
export function MailBody({ html, text, attachments }: Props) {
  const nodes = useMemo(() => (html ? simpleNodes(html, attachments) : null), [html, attachments])
  if (!html) return <PlainText text={text} />
  if (nodes) return <div className={styles.rich}>{nodes.map(draw)}</div>
  return <Framed html={html} attachments={attachments} />
}

const links = /(https?:\/\/[^\s<>"'，。；、）)]+)/g

export function PlainText({ text }: { text: string }) {
  const { t } = useTranslation()
  if (!text.trim()) return <p className={styles.faint}>{t('message.noText')}</p>
  return (
    <p className={styles.plain}>
      {text.split(links).map((part, at) =>
        at % 2 === 1 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text never move
          <a key={at} href={part} target="_blank" rel="noreferrer noopener">
            {part}
          </a>
        ) : (
          part
        ),
      )}
    </p>
  )
}

const blocks = {
  p: 'p',
  div: 'div',
  ul: 'ul',
  ol: 'ol',
  li: 'li',
  blockquote: 'blockquote',
  pre: 'pre',
  code: 'code',
  b: 'b',
  strong: 'strong',
  i: 'i',
  em: 'em',
  s: 's',
  del: 's',
  u: 'u',
  h1: 'h3',
  h2: 'h3',
  h3: 'h3',
  h4: 'h3',
} as const

function draw(node: Node, at: number): ReactNode {
  if (node.tag === '#text') return node.text
  if (node.tag === 'br') return <br key={at} />
  if (node.tag === 'hr') return <hr key={at} />
  if (node.picture) {
    // Where the writer put it.
    return (
      <span key={at} className={styles.inlinePicture}>
        <Picture file={node.picture} />
      </span>
    )
  }
  const children = node.children.map(draw)
  if (node.tag === 'a' && node.href) {
    return (
      <a key={at} href={node.href} target="_blank" rel="noreferrer noopener">
        {children}
      </a>
    )
  }
  if (node.mention) {
    return (
      <span key={at} className={styles.mention}>
        {children}
      </span>
    )
  }
  // A paragraph may not hold the picture's viewer.
  if (node.tag === 'p' && node.children.some(({ picture }) => picture)) {
    return <div key={at}>{children}</div>
  }
  const Tag = blocks[node.tag as keyof typeof blocks]
  return Tag ? <Tag key={at}>{children}</Tag> : <Fragment key={at}>{children}</Fragment>
}

function Framed({ html, attachments }: { html: string; attachments: Attachment[] }) {
  const { t } = useTranslation()
  const frame = useRef<HTMLIFrameElement>(null)
  const [images, setImages] = useState(false)
  const blocked = useMemo(() => remoteImages(html), [html])
  const page = useMemo(
    () => mailPage(withInline(html, attachments), { images, origin: window.location.origin }),
    [html, attachments, images],
  )

  function fit() {
    const body = frame.current?.contentDocument?.body
    if (!body || !frame.current) return
    const measure = () => {
      if (frame.current) frame.current.style.height = `${Math.ceil(body.scrollHeight) + 2}px`
    }
    measure()
    new ResizeObserver(measure).observe(body)
  }

  return (
    <>
      {blocked > 0 && !images && (
        <div className={styles.blocked}>
          <ImageOff size={14} aria-hidden="true" />
          <span>{t('message.imagesBlocked', { count: blocked })}</span>
          <Button size="small" type="link" onClick={() => setImages(true)}>
            {t('message.showImages')}
          </Button>
        </div>
      )}
      <iframe
        ref={frame}
        className={styles.frame}
        title={t('message.html')}
        // Same origin only lets us measure the height; nothing in it may run.
        sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
        referrerPolicy="no-referrer"
        srcDoc={page}
        onLoad={fit}
      />
    </>
  )
}
