import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { endPortalSecret, newPortalSecret, type Portal, portalsQuery } from '@/shared/api/portals'
import { useTranslation } from '@/shared/i18n'
import { CopyBox, SecretOnce, useAction, useAsk } from '@/shared/page'
import { Tag } from '@/shared/ui'
import styles from './portals.module.css'

const keys = [portalsQuery.queryKey]

/** Customers who are signed in on the brand's website come over without a mail. */
export function SsoFields({ portal, brand }: { portal: Portal; brand: string }) {
  const { t } = useTranslation()
  const ask = useAsk()
  const { run, busy } = useAction()
  const [secret, setSecret] = useState<string | null>(null)

  async function make() {
    const sure =
      !portal.sso ||
      (await ask({
        title: t('portal.replaceTitle'),
        hint: t('portal.replaceHint'),
        ok: t('portal.replaceSecret'),
      }))
    if (!sure) return
    const made = await run(() => newPortalSecret(portal.brand_id), { keys })
    if (made) setSecret(made.secret)
  }
  async function end() {
    const sure = await ask({
      title: t('portal.endTitle'),
      hint: t('portal.endHint'),
      ok: t('portal.endSecret'),
    })
    if (sure) await run(() => endPortalSecret(portal.brand_id), { keys })
  }

  return (
    <fieldset className={styles.group}>
      <legend>
        {t('portal.sso')}{' '}
        <Tag tone={portal.sso ? 'ok' : 'neutral'}>
          {portal.sso ? t('portal.ssoOn') : t('portal.ssoOff')}
        </Tag>
      </legend>
      <p>{t('portal.ssoHint')}</p>
      <Form.Item
        name="sso_url"
        label={t('portal.ssoUrl')}
        extra={t('portal.ssoUrlHint', { brand })}
        rules={[{ pattern: /^(https?:\/\/[^\s<>"]{3,480})?$/, message: t('portal.ssoUrlWrong') }]}
      >
        <Input inputMode="url" placeholder="https://" maxLength={500} />
      </Form.Item>
      <p>{t('portal.ssoAddress')}</p>
      <CopyBox text={`${portal.sso_address}?jwt=…`} />
      <p>{t('portal.ssoClaims')}</p>
      <div className={styles.buttons}>
        <Button loading={busy !== null} disabled={!portal.active} onClick={() => void make()}>
          {portal.sso ? t('portal.replaceSecret') : t('portal.newSecret')}
        </Button>
        {portal.sso && (
          <Button danger type="text" onClick={() => void end()}>
            {t('portal.endSecret')}
          </Button>
        )}
        {!portal.active && <small>{t('portal.saveFirst')}</small>}
      </div>
      {secret && (
        <SecretOnce
          title={t('portal.secretTitle')}
          warning={t('portal.secretWarning')}
          secret={secret}
          close={() => setSecret(null)}
        />
      )}
    </fieldset>
  )
}
