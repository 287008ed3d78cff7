import { useQueryClient } from '@tanstack/react-query'
import { App, Button, Form, Input, Modal, QRCode } from 'antd'
import { ShieldCheck, ShieldOff } from 'lucide-react'
import { useState } from 'react'
import { ApiError, meQuery } from '@/shared/api'
import { confirmTotp, disableTotp, startTotp } from '@/shared/api/account'
import { useTranslation } from '@/shared/i18n'
import { Card, CopyBox, CopyButton, submitKeys, useAction, useLeaveGuard } from '@/shared/page'
import { useMe } from '@/shared/session'
import { ConfirmBar, errorText, Tag } from '@/shared/ui'
import styles from './account.module.css'

type Step =
  | { at: 'scan'; secret: string; uri: string }
  | { at: 'codes'; codes: string[] }
  | { at: 'disable' }
  | null

export function TotpCard() {
  const { t } = useTranslation()
  const { agent } = useMe()
  const [step, setStep] = useState<Step>(null)
  const { run, busy } = useAction()
  async function begin() {
    const started = await run(startTotp)
    if (started) setStep({ at: 'scan', ...started })
  }
  return (
    <Card
      title={t('account.totp')}
      hint={t('account.totpHint')}
      actions={
        <Tag tone={agent.totp_enabled ? 'ok' : 'warn'}>
          {agent.totp_enabled ? t('account.totpOn') : t('account.totpOff')}
        </Tag>
      }
    >
      {agent.totp_enabled ? (
        <Button icon={<ShieldOff size={15} />} onClick={() => setStep({ at: 'disable' })}>
          {t('account.totpDisable')}
        </Button>
      ) : (
        <Button
          type="primary"
          icon={<ShieldCheck size={15} />}
          loading={busy !== null}
          onClick={() => void begin()}
        >
          {t('account.totpEnable')}
        </Button>
      )}
      {step?.at === 'scan' && (
        <Scan
          {...step}
          close={() => setStep(null)}
          done={(codes) => setStep({ at: 'codes', codes })}
        />
      )}
      {step?.at === 'codes' && <Codes codes={step.codes} close={() => setStep(null)} />}
      {step?.at === 'disable' && <Disable close={() => setStep(null)} />}
    </Card>
  )
}

function useChanged() {
  const client = useQueryClient()
  return (totp_enabled: boolean) =>
    client.setQueryData(meQuery.queryKey, (me) =>
      me ? { ...me, agent: { ...me.agent, totp_enabled } } : me,
    )
}

interface ScanProps {
  secret: string
  uri: string
  close: () => void
  done: (codes: string[]) => void
}

function Scan({ secret, uri, close, done }: ScanProps) {
  const { t } = useTranslation()
  const changed = useChanged()
  const [form] = Form.useForm<{ code: string }>()
  const [busy, setBusy] = useState(false)
  async function confirm({ code }: { code: string }) {
    setBusy(true)
    try {
      const { recovery_codes } = await confirmTotp(code.replaceAll(/\s/g, ''))
      changed(true)
      done(recovery_codes)
    } catch (error) {
      const wrong = error instanceof ApiError && error.code === 'wrong_code'
      form.setFields([
        { name: 'code', errors: [wrong ? t('signIn.invalidCode') : errorText(t, error)] },
      ])
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('account.totpEnable')}
      onCancel={close}
      okText={t('account.totpConfirm')}
      okButtonProps={{ loading: busy }}
      cancelText={t('common.cancel')}
      onOk={form.submit}
      mask={{ closable: false }}
      width={520}
    >
      <div className={styles.scan}>
        <div className={styles.qr}>
          <QRCode
            value={uri}
            aria-label={t('account.qr')}
            size={168}
            bordered={false}
            color="#10201c"
            bgColor="#ffffff"
          />
        </div>
        <ol>
          <li>{t('account.step1')}</li>
          <li>
            {t('account.step2')}
            <CopyBox text={secret} />
          </li>
          <li>
            <Form
              form={form}
              layout="vertical"
              requiredMark={false}
              onFinish={confirm}
              onKeyDown={submitKeys(form)}
            >
              {/* The button is outside the form; without one within Enter would not send it. */}
              <input type="submit" hidden disabled={busy} />
              <Form.Item
                name="code"
                label={t('account.step3')}
                rules={[{ required: true, message: t('common.required') }]}
                style={{ margin: 0 }}
              >
                <Input autoFocus inputMode="numeric" autoComplete="one-time-code" maxLength={9} />
              </Form.Item>
            </Form>
          </li>
        </ol>
      </div>
    </Modal>
  )
}

function Codes({ codes, close }: { codes: string[]; close: () => void }) {
  const { t } = useTranslation()
  const text = codes.join('\n')
  useLeaveGuard(true)
  return (
    <Modal
      open
      title={t('account.codes')}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      footer={
        <>
          <Button
            onClick={() => {
              const link = document.createElement('a')
              link.href = URL.createObjectURL(new Blob([`${text}\n`], { type: 'text/plain' }))
              link.download = 'yizhan-recovery-codes.txt'
              link.click()
              URL.revokeObjectURL(link.href)
            }}
          >
            {t('account.download')}
          </Button>
          <Button type="primary" onClick={close}>
            {t('kit.stored')}
          </Button>
        </>
      }
    >
      <ConfirmBar title={t('account.codesHint')}>{null}</ConfirmBar>
      <ul className={styles.codes}>
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton text={text} />
    </Modal>
  )
}

function Disable({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const changed = useChanged()
  const [form] = Form.useForm<{ password: string }>()
  const [busy, setBusy] = useState(false)
  async function disable({ password }: { password: string }) {
    setBusy(true)
    try {
      await disableTotp(password)
      changed(false)
      message.success(t('account.totpOff'))
      close()
    } catch (error) {
      const wrong = error instanceof ApiError && error.code === 'wrong_password'
      form.setFields([
        { name: 'password', errors: [wrong ? t('account.wrongPassword') : errorText(t, error)] },
      ])
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('account.totpDisable')}
      onCancel={close}
      okText={t('account.totpDisable')}
      okButtonProps={{ loading: busy, danger: true }}
      cancelText={t('common.cancel')}
      onOk={form.submit}
    >
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={disable}
        onKeyDown={submitKeys(form)}
      >
        {/* The button is outside the form; without one within Enter would not send it. */}
        <input type="submit" hidden disabled={busy} />
        <Form.Item
          name="password"
          label={t('account.current')}
          extra={t('account.disableHint')}
          rules={[{ required: true, message: t('common.required') }]}
        >
          <Input.Password autoFocus autoComplete="current-password" />
        </Form.Item>
      </Form>
    </Modal>
  )
}
