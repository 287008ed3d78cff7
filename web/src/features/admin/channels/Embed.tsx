import { Segmented } from 'antd'
import { ExternalLink } from 'lucide-react'
import { useState } from 'react'
import type { Inbox } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Card, Code, CopyBox } from '@/shared/page'
import { ConfirmBar } from '@/shared/ui'
import styles from './Channels.module.css'

/** How people reach this inbox: a piece of HTML for their site, or the address of a page. */
export function Embed({ inbox }: { inbox: Inbox }) {
  const { t } = useTranslation()
  const { url, webhook_url, snippet } = inbox.embed
  if (!snippet && !url && !webhook_url) return null
  const origins = inbox.settings.allowed_origins
  const open = Array.isArray(origins) && origins.length === 0
  return (
    <>
      {snippet && (
        <Card title={t('channel.embed.title')} hint={t('channel.embed.hint')}>
          <div className={styles.stack}>
            <CopyBox text={snippet} />
            {open && (
              <ConfirmBar
                title={t('channel.embed.noOrigins')}
                hint={t('channel.embed.originsHint')}
              >
                {null}
              </ConfirmBar>
            )}
          </div>
        </Card>
      )}
      {snippet && !url && <IdentityHelp />}
      {url && (
        <Card title={t('channel.embed.link')} hint={t('channel.embed.linkHint')}>
          <div className={styles.stack}>
            <CopyBox text={new URL(url, window.location.origin).href} />
            <a href={url} target="_blank" rel="noreferrer">
              <ExternalLink size={13} aria-hidden="true" /> {t('channel.embed.openLink')}
            </a>
          </div>
        </Card>
      )}
      {webhook_url && (
        <Card title={t('channel.embed.webhook')} hint={t('channel.embed.webhookHint')}>
          <CopyBox text={webhook_url} />
        </Card>
      )}
    </>
  )
}

const samples = {
  jwt: `// server (Node.js): npm i jsonwebtoken
const token = jwt.sign(
  { sub: user.id, email: user.email, name: user.name },
  process.env.YIZHAN_CHAT_SECRET,
  { algorithm: 'HS256', expiresIn: '10m' },
)

// page
yz('identify', { jwt: token })`,
  hmac: `# server (Python)
import hashlib, hmac
user_hash = hmac.new(SECRET.encode(), user.id.encode(), hashlib.sha256).hexdigest()

// page
yz('identify', { user_id: user.id, user_hash, email: user.email, name: user.name })`,
}

/** Chat visitors are who they say only when the shop's own server vouches for them. */
function IdentityHelp() {
  const { t } = useTranslation()
  const [way, setWay] = useState<keyof typeof samples>('jwt')
  return (
    <Card title={t('channel.embed.identity')} hint={t('channel.embed.identityHint')}>
      <div className={styles.stack}>
        <Segmented<keyof typeof samples>
          aria-label={t('channel.embed.identity')}
          value={way}
          onChange={setWay}
          options={[
            { value: 'jwt', label: t('channel.embed.jwt') },
            { value: 'hmac', label: 'HMAC-SHA256' },
          ]}
        />
        <Code label={t('channel.embed.identity')}>{samples[way]}</Code>
        <p>{t('channel.embed.identityRule')}</p>
      </div>
    </Card>
  )
}
