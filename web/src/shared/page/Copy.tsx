import { Button, Modal } from 'antd'
import { Check, Copy } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { useTranslation } from '../i18n'
import { ConfirmBar } from '../ui'
import styles from './Copy.module.css'
import { useLeaveGuard } from './useLeaveGuard'

/** Without the clipboard of a secure page, the old way over a hidden field. */
async function toClipboard(text: string) {
  if (navigator.clipboard && window.isSecureContext) {
    await navigator.clipboard.writeText(text)
    return
  }
  const field = document.createElement('textarea')
  field.value = text
  field.style.position = 'fixed'
  field.style.opacity = '0'
  document.body.append(field)
  field.select()
  document.execCommand('copy')
  field.remove()
}

export function CopyButton({ text, label }: { text: string; label?: string }) {
  const { t } = useTranslation()
  const [done, setDone] = useState(false)
  useEffect(() => {
    if (!done) return
    const timer = setTimeout(() => setDone(false), 2000)
    return () => clearTimeout(timer)
  }, [done])
  const Icon = done ? Check : Copy
  return (
    <Button
      size="small"
      type="text"
      icon={<Icon size={14} aria-hidden="true" />}
      onClick={() => void toClipboard(text).then(() => setDone(true))}
    >
      <span aria-live="polite">{done ? t('common.copied') : (label ?? t('common.copy'))}</span>
    </Button>
  )
}

/** Something to be taken elsewhere: an address, a key, a piece of HTML. */
export function CopyBox({ text }: { text: string }) {
  return (
    <div className={styles.box}>
      <code>{text}</code>
      <CopyButton text={text} />
    </div>
  )
}

export const Code = ({ children, label }: { children: string; label: string }) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
  <section className={styles.code} tabIndex={0} aria-label={label}>
    {children}
  </section>
)
export const Mono = ({ children }: { children: ReactNode }) => (
  <span className={styles.mono}>{children}</span>
)

interface OnceProps {
  title: string
  warning: string
  secret: string
  close: () => void
  children?: ReactNode
}

/** A secret that the server gives away a single time; it is closed only on purpose. */
export function SecretOnce({ title, warning, secret, close, children }: OnceProps) {
  const { t } = useTranslation()
  useLeaveGuard(true)
  return (
    <Modal
      open
      title={title}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <Button type="primary" onClick={close}>
          {t('kit.stored')}
        </Button>
      }
    >
      <div className={styles.once}>
        <ConfirmBar title={warning}>{null}</ConfirmBar>
        <CopyBox text={secret} />
        {children}
      </div>
    </Modal>
  )
}
