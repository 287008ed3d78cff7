import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { type Webhook, webhooksQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Guard, Mono, Page, QueryView, rowLink, SecretOnce, Small, Table } from '@/shared/page'
import { Empty } from '@/shared/ui'
import parts from '../parts/parts.module.css'
import { WebhookPanel } from './WebhookPanel'

export function WebhooksPage() {
  const { t } = useTranslation()
  const query = useQuery(webhooksQuery)
  const [adding, setAdding] = useState(false)
  const [made, setMade] = useState<Webhook | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setAdding(true)}>
      {t('admin.webhooks.add')}
    </Button>
  )
  return (
    <Guard permission="webhook:manage">
      <Page title={t('admin.sections.webhooks')} lead={t('admin.webhooks.lead')} actions={add}>
        <QueryView
          query={query}
          empty={
            <Empty
              icon={WebhookIcon}
              title={t('admin.webhooks.empty')}
              hint={t('admin.webhooks.emptyHint')}
            >
              {add}
            </Empty>
          }
        >
          {(items) => (
            <Table
              label={t('admin.sections.webhooks')}
              rows={items}
              keyOf={(hook) => hook.id}
              opens
              columns={[
                {
                  key: 'name',
                  title: t('kit.name'),
                  cell: (hook) => (
                    <>
                      <Link to="/admin/webhooks/$id" params={{ id: hook.id }} className={rowLink}>
                        {hook.name || new URL(hook.url).host}
                      </Link>
                      <Small>
                        <Mono>{hook.url}</Mono>
                      </Small>
                    </>
                  ),
                },
                {
                  key: 'events',
                  title: t('admin.webhooks.events'),
                  width: 150,
                  cell: (hook) =>
                    hook.events.includes('*')
                      ? t('admin.webhooks.everything')
                      : t('admin.webhooks.count', { count: hook.events.length }),
                },
                {
                  key: 'state',
                  title: t('channel.state'),
                  width: 160,
                  cell: (hook) => <HookHealth hook={hook} />,
                },
              ]}
            />
          )}
        </QueryView>
        {adding && <WebhookPanel hook={null} made={setMade} close={() => setAdding(false)} />}
        {made?.secret && <Secret hook={made} close={() => setMade(null)} />}
      </Page>
    </Guard>
  )
}

export function Secret({ hook, close }: { hook: Webhook; close: () => void }) {
  const { t } = useTranslation()
  return (
    <SecretOnce
      title={t('admin.webhooks.secret')}
      warning={t('admin.webhooks.once')}
      secret={hook.secret ?? ''}
      close={close}
    >
      <p>{t('admin.webhooks.secretHint')}</p>
    </SecretOnce>
  )
}

const tones: Record<string, string> = {
  healthy: 'ok',
  ok: 'ok',
  degraded: 'warn',
  failing: 'danger',
  disabled: 'neutral',
  off: 'neutral',
}
export function HookHealth({ hook }: { hook: Webhook }) {
  const { t } = useTranslation()
  const state = hook.active ? hook.state : 'disabled'
  return (
    <span className={parts.health} data-tone={tones[state] ?? 'neutral'}>
      <i aria-hidden="true" />
      {t(`admin.webhooks.states.${state}` as 'admin.webhooks.states.ok', { defaultValue: state })}
    </span>
  )
}
