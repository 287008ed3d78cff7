import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Drawer, Segmented } from 'antd'
import { Download, ShieldCheck } from 'lucide-react'
import type { Id } from '@/shared/api'
import {
  decideEnvelope,
  type Envelope,
  type EnvelopeDetail,
  envelopeQuery,
  inboxesQuery,
  quarantineQuery,
} from '@/shared/api/admin'
import { fileSize } from '@/shared/format'
import { useLocale, useTranslation } from '@/shared/i18n'
import {
  Bar,
  Guard,
  More,
  Page,
  QueryView,
  RowButton,
  Small,
  Table,
  useAction,
} from '@/shared/page'
import { useCan } from '@/shared/session'
import { ConfirmBar, Empty, Tag, Time, useChannelWords } from '@/shared/ui'
import styles from './Channels.module.css'

const states = ['quarantine', 'ignored'] as const
export type QuarantineState = (typeof states)[number]

interface Props {
  state: QuarantineState
  item?: Id
}

export function QuarantinePage({ state, item }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const query = useInfiniteQuery(quarantineQuery(state))
  const go = (search: { state: QuarantineState; item?: Id }) =>
    void navigate({ to: '/admin/quarantine', search })
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <Guard permission="quarantine:read">
      <Page title={t('admin.sections.quarantine')} lead={t('channel.quarantine.lead')}>
        <Bar>
          <Segmented<QuarantineState>
            aria-label={t('channel.quarantine.which')}
            value={state}
            onChange={(next) => go({ state: next })}
            options={states.map((value) => ({
              value,
              label: t(`channel.quarantine.states.${value}`),
            }))}
          />
        </Bar>
        <QueryView query={{ ...query, data: rows }}>
          {(items) =>
            items.length === 0 ? (
              <Empty
                icon={ShieldCheck}
                title={t(`channel.quarantine.empty.${state}`)}
                hint={t('channel.quarantine.emptyHint')}
              />
            ) : (
              <Rows items={items} open={(id) => go({ state, item: id })} />
            )
          }
        </QueryView>
        <More query={query} />
        {item && <Preview id={item} close={() => go({ state })} />}
      </Page>
    </Guard>
  )
}

export function useReason() {
  const { t } = useTranslation()
  const wordOf = useChannelWords('reasons')
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  return ({ reason, inbox_id }: Pick<Envelope, 'reason' | 'inbox_id'>) => {
    if (!reason) return t('common.unknown')
    const channel = inboxes.find((inbox) => inbox.id === inbox_id)?.channel
    return (
      wordOf(channel, reason) ??
      t(`channel.quarantine.reasons.${reason}` as 'channel.quarantine.reasons.blocked', {
        defaultValue: reason.replaceAll('_', ' '),
      })
    )
  }
}

function Rows({ items, open }: { items: Envelope[]; open: (id: Id) => void }) {
  const { t } = useTranslation()
  const reasonOf = useReason()
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  return (
    <Table
      label={t('admin.sections.quarantine')}
      rows={items}
      keyOf={(item) => item.id}
      opens
      columns={[
        {
          key: 'subject',
          title: t('channel.quarantine.message'),
          cell: (item) => (
            <>
              <RowButton onClick={() => open(item.id)}>
                {item.subject || item.preview || t('list.noSubject')}
              </RowButton>
              <Small>{item.sender || t('common.unknown')}</Small>
            </>
          ),
        },
        {
          key: 'reason',
          title: t('channel.quarantine.reason'),
          width: 220,
          cell: (item) => (
            <Tag tone={item.state === 'ignored' ? 'neutral' : 'warn'}>{reasonOf(item)}</Tag>
          ),
        },
        {
          key: 'inbox',
          title: t('channel.quarantine.inbox'),
          width: 180,
          cell: (item) => inboxes.find(({ id }) => id === item.inbox_id)?.name ?? '',
        },
        {
          key: 'at',
          title: t('channel.quarantine.at'),
          width: 110,
          end: true,
          cell: (item) => <Time at={item.received_at} />,
        },
      ]}
    />
  )
}

function Preview({ id, close }: { id: Id; close: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(envelopeQuery(id))
  const decide = useDecision(close)
  const mayRelease = useCan('quarantine:release')
  const waiting = query.data && ['quarantine', 'ignored'].includes(query.data.state)
  return (
    <Drawer
      open
      size={620}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      title={query.data?.subject || t('channel.quarantine.message')}
      onClose={close}
      footer={
        mayRelease &&
        waiting && (
          <div className={styles.foot} style={{ margin: 0, justifyContent: 'flex-end' }}>
            <Button
              danger
              type="text"
              loading={decide.busy === 'discard'}
              onClick={() => decide.discard(id)}
            >
              {t('channel.quarantine.discard')}
            </Button>
            <Button
              type="primary"
              loading={decide.busy === 'release'}
              onClick={() => decide.release(id)}
            >
              {t('channel.quarantine.release')}
            </Button>
          </div>
        )
      }
    >
      <QueryView query={query}>{(item) => <Details item={item} />}</QueryView>
    </Drawer>
  )
}

function Details({ item }: { item: EnvelopeDetail }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const reasonOf = useReason()
  const text = item.text || item.preview
  return (
    <div className={styles.stack}>
      <ConfirmBar title={reasonOf(item)} hint={item.detail || t('channel.quarantine.why')}>
        {null}
      </ConfirmBar>
      <dl className={styles.facts}>
        <dt>{t('channel.quarantine.from')}</dt>
        <dd>{item.sender || t('common.unknown')}</dd>
        <dt>{t('channel.quarantine.at')}</dt>
        <dd>
          <Time at={item.received_at} style="full" />
        </dd>
        <dt>{t('channel.quarantine.size')}</dt>
        <dd>{fileSize(item.size, locale)}</dd>
        {item.files.length > 0 && (
          <>
            <dt>{t('channel.quarantine.files')}</dt>
            <dd>{item.files.map((file) => file.name).join('、')}</dd>
          </>
        )}
      </dl>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <section className={styles.preview} tabIndex={0} aria-label={t('channel.quarantine.preview')}>
        {text || t('channel.quarantine.noPreview')}
      </section>
      <a href={`/api/v1/quarantine/${item.id}/raw`} download>
        <Download size={14} aria-hidden="true" /> {t('channel.quarantine.raw')}
      </a>
    </div>
  )
}

function useDecision(close: () => void) {
  const { t } = useTranslation()
  const { notification } = App.useApp()
  const navigate = useNavigate()
  const client = useQueryClient()
  const { run, busy } = useAction()

  async function decide(id: Id, verb: 'release' | 'discard') {
    const done = await run(
      () => decideEnvelope(id, verb),
      { keys: [['admin', 'quarantine']] },
      verb,
    )
    if (!done) return
    client.removeQueries({ queryKey: ['admin', 'envelope', id] })
    close()
    const ticket = done.ticket_id
    notification.success({
      title: t(`channel.quarantine.done.${verb}`),
      actions: ticket && (
        <Button
          size="small"
          onClick={() => void navigate({ to: '/inbox', search: { view: 'all', ticket } })}
        >
          {t('channel.quarantine.openTicket')}
        </Button>
      ),
    })
  }
  return {
    busy,
    release: (id: Id) => void decide(id, 'release'),
    discard: (id: Id) => void decide(id, 'discard'),
  }
}
