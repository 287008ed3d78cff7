import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Drawer, Select } from 'antd'
import { Link2, ScrollText } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { agentsQuery, nameOf } from '@/shared/api'
import { type AuditEntry, type AuditFilter, auditQuery } from '@/shared/api/admin'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import {
  Bar,
  Code,
  Foot,
  Guard,
  Mono,
  Page,
  QueryView,
  RowButton,
  Small,
  Table,
} from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import facts from '../channels/Channels.module.css'
import styles from './Audit.module.css'
import { changesOf } from './changes'

// The first word of an action: all that happened to such a thing.
const areas = [
  'agent',
  'role',
  'team',
  'unit',
  'brand',
  'workspace',
  'session',
  'token',
  'inbox',
  'webhook',
  'password',
  'second_factor',
  'sign_in',
  'envelope',
  'contact',
  'company',
  'ticket',
  'message',
]

export function AuditPage({ filter }: { filter: AuditFilter }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { data: agents = [] } = useQuery(agentsQuery)
  const query = useInfiniteQuery(auditQuery(useDeferredValue(filter)))
  const [open, setOpen] = useState<AuditEntry | null>(null)
  const rows = query.data?.pages.flatMap((page) => page.items)
  const choose = (change: AuditFilter) =>
    void navigate({ to: '/admin/audit', search: { ...filter, ...change }, replace: true })
  const filtered = Boolean(filter.action || filter.actor)
  return (
    <Guard permission="audit:read">
      <Page title={t('admin.sections.audit')} lead={t('admin.audit.lead')} width="wide">
        <p className={styles.chain}>
          <Link2 size={14} aria-hidden="true" />
          {t('admin.audit.chain')} <Mono>yizhan verify</Mono>
        </p>
        <Bar>
          <Select
            style={{ width: 220 }}
            allowClear
            aria-label={t('admin.audit.actor')}
            placeholder={t('admin.audit.actor')}
            value={filter.actor}
            onChange={(actor?: string) => choose({ actor })}
            options={agents.map((agent) => ({ value: agent.id, label: agent.name }))}
            showSearch={{
              filterOption: (typed, option) => matchesName(String(option?.label), typed),
            }}
          />
          <Select
            style={{ width: 220 }}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            aria-label={t('admin.audit.action')}
            placeholder={t('admin.audit.action')}
            value={filter.action}
            onChange={(action?: string) => choose({ action })}
            options={[...new Set([...areas, ...(filter.action ? [filter.action] : [])])].map(
              (area) => ({
                value: area,
                label: t(`admin.audit.areas.${area}` as 'admin.audit.areas.agent', {
                  defaultValue: area,
                }),
              }),
            )}
          />
        </Bar>
        <QueryView query={{ ...query, data: rows }} lines={10}>
          {(items) =>
            items.length === 0 ? (
              <Empty
                icon={ScrollText}
                title={filtered ? t('admin.audit.noMatch') : t('admin.audit.empty')}
              >
                {filtered && (
                  <Button onClick={() => choose({ actor: undefined, action: undefined })}>
                    {t('kit.clear')}
                  </Button>
                )}
              </Empty>
            ) : (
              <Entries entries={items} open={setOpen} />
            )
          }
        </QueryView>
        {query.hasNextPage && (
          <Foot>
            <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t('common.loadMore')}
            </Button>
          </Foot>
        )}
        {open && <Entry entry={open} close={() => setOpen(null)} />}
      </Page>
    </Guard>
  )
}

function useWords() {
  const { t } = useTranslation()
  const { data: agents } = useQuery(agentsQuery)
  const kind = (name: string) =>
    t(`admin.audit.kinds.${name}` as 'admin.audit.kinds.system', { defaultValue: name })
  return {
    action: (action: string) =>
      t(`admin.audit.actions.${action}` as 'admin.audit.actions.agent.created', {
        defaultValue: action,
      }),
    actor: ({ actor }: AuditEntry) =>
      actor.kind === 'system'
        ? kind('system')
        : actor.name || nameOf(agents, actor.id) || kind(actor.kind),
    object: ({ object }: AuditEntry) => {
      const what = t(`admin.audit.areas.${object.kind}` as 'admin.audit.areas.agent', {
        defaultValue: object.kind,
      })
      const name = object.kind === 'agent' ? nameOf(agents, object.id) : null
      return [what, name ?? object.id].filter(Boolean).join(' · ')
    },
  }
}

function Entries({ entries, open }: { entries: AuditEntry[]; open: (entry: AuditEntry) => void }) {
  const { t } = useTranslation()
  const words = useWords()
  return (
    <Table
      label={t('admin.sections.audit')}
      rows={entries}
      keyOf={(entry) => String(entry.seq)}
      opens
      columns={[
        {
          key: 'action',
          title: t('admin.audit.what'),
          cell: (entry) => (
            <>
              <RowButton onClick={() => open(entry)}>{words.action(entry.action)}</RowButton>
              <Small>{words.object(entry)}</Small>
            </>
          ),
        },
        { key: 'actor', title: t('admin.audit.who'), width: 180, cell: words.actor },
        {
          key: 'ip',
          title: t('admin.audit.ip'),
          width: 150,
          cell: (entry) => (entry.ip ? <Mono>{entry.ip}</Mono> : ''),
        },
        {
          key: 'at',
          title: t('admin.audit.when'),
          width: 200,
          cell: (entry) => <Time at={entry.at} style="full" />,
        },
        {
          key: 'seq',
          title: t('admin.audit.seq'),
          width: 90,
          end: true,
          cell: (entry) => <Mono>{entry.seq}</Mono>,
        },
      ]}
    />
  )
}

function Entry({ entry, close }: { entry: AuditEntry; close: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const { changes, rest } = changesOf(entry.detail)
  return (
    <Drawer
      open
      size={560}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      title={words.action(entry.action)}
      onClose={close}
    >
      <div className={facts.stack}>
        <dl className={facts.facts}>
          <dt>{t('admin.audit.who')}</dt>
          <dd>{words.actor(entry)}</dd>
          <dt>{t('admin.audit.when')}</dt>
          <dd>
            <Time at={entry.at} style="full" />
          </dd>
          <dt>{t('admin.audit.object')}</dt>
          <dd>{words.object(entry)}</dd>
          {entry.ip && (
            <>
              <dt>{t('admin.audit.ip')}</dt>
              <dd>
                <Mono>{entry.ip}</Mono>
              </dd>
            </>
          )}
        </dl>
        {changes.length > 0 && (
          <table className={styles.changes}>
            <caption className="sr-only">{t('admin.audit.changes')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('admin.audit.field')}</th>
                <th scope="col">{t('admin.audit.before')}</th>
                <th scope="col">{t('admin.audit.after')}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row">{field}</th>
                  <td>{before}</td>
                  <td>{after}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {Object.keys(rest).length > 0 && (
          <Code label={t('admin.audit.detail')}>{JSON.stringify(rest, null, 2)}</Code>
        )}
        <div className={styles.hash}>
          <span>{t('admin.audit.hash')}</span>
          <Mono>{entry.hash}</Mono>
        </div>
      </div>
    </Drawer>
  )
}
