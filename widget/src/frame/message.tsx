import { Fragment, h } from 'preact'
import { clock, size } from '../core/format'
import { linkify } from '../core/linkify'
import type { FileRef, Item } from '../core/timeline'
import { Alert, Check, Checks, Clock, Paper } from './icons'
import type { Ui } from './ui'

const PICTURE = /^image\/(png|jpe?g|gif|webp|avif)$/
const away = { target: '_blank', rel: 'noopener noreferrer nofollow' } as const

export function Words({ text }: { text: string }) {
  return (
    <div class="bubble">
      {linkify(text).map((piece) =>
        piece.href ? (
          <a href={piece.href} {...away}>
            {piece.text}
          </a>
        ) : (
          piece.text
        ),
      )}
    </div>
  )
}

interface Props extends Ui {
  item: Item
}

export function Bubble({ isLast, ...props }: Props & { isLast: boolean }) {
  const { item, locale } = props
  const mine = item.from === 'visitor'
  return (
    <>
      {item.text &&
        (item.from === 'system' ? <p class="meta">{item.text}</p> : <Words text={item.text} />)}
      {item.files.map((file) => (
        <FileView key={file.id} file={file} locale={locale} />
      ))}
      {item.upload && <UploadView {...props} />}
      {mine && (isLast || item.mark === 'failed') && <Delivery {...props} />}
    </>
  )
}

function FileView({ file, locale }: { file: FileRef; locale: string }) {
  return file.url && PICTURE.test(file.type) ? (
    <a class="picture" href={file.url} {...away}>
      <img src={file.url} alt={file.name} />
    </a>
  ) : (
    <a class="file" {...(file.url && { href: file.url })} {...away}>
      <Paper />
      <span>
        {file.name}
        <small>{size(file.size, locale)}</small>
      </span>
    </a>
  )
}

function UploadView({ item, t, locale }: Props) {
  const { upload } = item
  if (!upload) return null
  const percent = Math.round(upload.done * 100)
  const failed = item.mark === 'failed'
  return (
    <div class="file">
      <Paper />
      <span>
        {upload.name}
        <small>{failed ? size(upload.size, locale) : t.uploading(percent)}</small>
        {!failed && <progress max={100} value={percent} aria-label={upload.name} />}
      </span>
    </div>
  )
}

function Delivery({ item, t, chat, locale }: Props) {
  if (item.mark === 'failed') {
    return (
      <p class="meta failed" role="alert">
        <Alert />
        {t.failed}
        <button type="button" onClick={() => chat.retry(item)}>
          {t.retry}
        </button>
        <button type="button" onClick={() => chat.discard(item)}>
          {t.remove}
        </button>
      </p>
    )
  }
  const Icon = { pending: Clock, sent: Check, read: Checks }[item.mark]
  return (
    <p class={`meta ${item.mark}`}>
      {clock(item.at, locale)} <Icon />
      {t[item.mark]}
    </p>
  )
}
