import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Segmented } from 'antd'
import { KeyRound, RefreshCw, Send, SquarePen } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import {
  type Delivery,
  deliveriesQuery,
  newSecret,
  testWebhook,
  type Webhook,
  webhooksQuery,
} from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import {
  Bar,
  Guard,
  Mono,
  More,
  Page,
  QueryView,
  RowButton,
  Table,
  useAction,
  useAsk,
} from '@/shared/page'
import { ConfirmBar, Empty, IconButton, Tag, Time } from '@/shared/ui'
import { DeliveryPanel, ReplayPanel } from './DeliveryPanel'
import { WebhookPanel } from './WebhookPanel'
import { HookHealth, Secret } from './WebhooksPage'

export function WebhookPage({ id }: { id: Id }) {
  const { t } = useTranslation()
  const query = useQuery(webhooksQuery)
  return (
    <Guard permission="webhook:manage">
      <QueryView query={query}>
        {(hooks) => {
          const hook = hooks.find((item) => item.id === id)
          return hook ? <Hook hook={hook} /> : <Empty title={t('errors.notFound')} />
        }}
      </QueryView>
    </Guard>
  )
}

function Hook({ hook }: { hook: Webhook }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const ask = useAsk()
  const { run, busy } = useAction()
  const [panel, setPanel] = useState<'edit' | 'replay' | null>(null)
  const [secret, setSecret] = useState<Webhook | null>(null)
  const log = [['admin', 'deliveries', hook.id]]

  async function replaceSecret() {
    const sure = await ask({
      title: t('admin.webhooks.replaceTitle'),
      hint: t('admin.webhooks.replaceHint'),
      ok: t('admin.webhooks.replace'),
      danger: false,
    })
    if (sure) setSecret((await run(() => newSecret(hook.id), {}, 'secret')) ?? null)
  }

  return (
    <Page
      title={
        <>
          {hook.name || new URL(hook.url).host} <HookHealth hook={hook} />
        </>
      }
      name={hook.name || hook.url}
      lead={<Mono>{hook.url}</Mono>}
      back={(look) => <Link to="/admin/webhooks" {...look} />}
      backText={t('admin.sections.webhooks')}
      actions={
        <>
          <Button
            icon={<Send size={14} />}
            loading={busy === 'test'}
            onClick={() =>
              void run(
                () => testWebhook(hook.id),
                { done: t('admin.webhooks.tested'), keys: log },
                'test',
              )
            }
          >
            {t('admin.webhooks.test')}
          </Button>
          <Button icon={<RefreshCw size={14} />} onClick={() => setPanel('replay')}>
            {t('admin.webhooks.replaySince')}
          </Button>
          <IconButton
            icon={KeyRound}
            label={t('admin.webhooks.replace')}
            onClick={() => void replaceSecret()}
          />
          <IconButton icon={SquarePen} label={t('common.edit')} onClick={() => setPanel('edit')} />
        </>
      }
    >
      {hook.disabled_reason && (
        <div style={{ marginBottom: 12 }}>
          <ConfirmBar tone="danger" title={t('admin.webhooks.stopped')} hint={hook.disabled_reason}>
            {null}
          </ConfirmBar>
        </div>
      )}
      <Deliveries hook={hook} />
      {panel === 'edit' && (
        <WebhookPanel
          hook={hook}
          close={() => setPanel(null)}
          removed={() => void navigate({ to: '/admin/webhooks' })}
        />
      )}
      {panel === 'replay' && <ReplayPanel hook={hook} close={() => setPanel(null)} />}
      {secret && <Secret hook={secret} close={() => setSecret(null)} />}
    </Page>
  )
}

type Filter = 'all' | Delivery['state']
const tones = { pending: 'info', held: 'warn', delivered: 'ok', failed: 'danger' } as const

function Deliveries({ hook }: { hook: Webhook }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [filter, setFilter] = useState<Filter>('all')
  const [open, setOpen] = useState<Id | null>(null)
  const query = useInfiniteQuery({
    ...deliveriesQuery(hook.id, filter === 'all' ? undefined : filter),
    refetchInterval: (state) =>
      state.state.data?.pages.some((page) => page.items.some((item) => item.state === 'pending'))
        ? 3000
        : false,
  })
  const rows = query.data?.pages.flatMap((page) => page.items)
  const shown = rows?.find((item) => item.id === open)
  return (
    <>
      <Bar>
        <Segmented<Filter>
          aria-label={t('admin.webhooks.log')}
          value={filter}
          onChange={setFilter}
          options={(['all', 'delivered', 'pending', 'held', 'failed'] as const).map((value) => ({
            value,
            label: t(`admin.webhooks.deliveryStates.${value}`),
          }))}
        />
        <IconButton
          icon={RefreshCw}
          label={t('admin.webhooks.refresh')}
          loading={query.isRefetching}
          onClick={() =>
            void client.invalidateQueries({ queryKey: ['admin', 'deliveries', hook.id] })
          }
        />
      </Bar>
      <QueryView query={{ ...query, data: rows }}>
        {(items) =>
          items.length === 0 ? (
            <Empty
              icon={Send}
              title={t('admin.webhooks.noDeliveries')}
              hint={t('admin.webhooks.noDeliveriesHint')}
            />
          ) : (
            <Table
              label={t('admin.webhooks.log')}
              rows={items}
              keyOf={(item) => item.id}
              opens
              columns={[
                {
                  key: 'type',
                  title: t('admin.webhooks.event'),
                  cell: (item) => (
                    <RowButton onClick={() => setOpen(item.id)}>
                      <Mono>{item.type}</Mono>
                    </RowButton>
                  ),
                },
                {
                  key: 'state',
                  title: t('channel.state'),
                  width: 130,
                  cell: (item) => (
                    <Tag tone={tones[item.state]}>
                      {t(`admin.webhooks.deliveryStates.${item.state}`)}
                    </Tag>
                  ),
                },
                {
                  key: 'status',
                  title: t('admin.webhooks.status'),
                  width: 90,
                  end: true,
                  cell: (item) => item.status ?? '',
                },
                {
                  key: 'duration',
                  title: t('admin.webhooks.duration'),
                  width: 90,
                  end: true,
                  cell: (item) => (item.duration_ms === null ? '' : `${item.duration_ms} ms`),
                },
                {
                  key: 'attempts',
                  title: t('admin.webhooks.attempts'),
                  width: 80,
                  end: true,
                  cell: (item) => item.attempts,
                },
                {
                  key: 'at',
                  title: t('admin.webhooks.at'),
                  width: 110,
                  end: true,
                  cell: (item) => <Time at={item.created_at} />,
                },
              ]}
            />
          )
        }
      </QueryView>
      <More query={query} />
      {shown && <DeliveryPanel hook={hook} delivery={shown} close={() => setOpen(null)} />}
    </>
  )
}
