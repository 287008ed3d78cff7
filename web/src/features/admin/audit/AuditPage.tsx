import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Download, Link2, ScrollText } from 'lucide-react'
import { useDeferredValue, useState } from 'react'
import { agentsQuery } from '@/shared/api'
import { type AuditEntry, type AuditFilter, auditQuery } from '@/shared/api/admin'
import { matchesName } from '@/shared/format'
import { useTranslation } from '@/shared/i18n'
import { Bar, Guard, Mono, More, Page, QueryView, RowButton, Small, Table } from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import styles from './Audit.module.css'
import { Entry } from './Entry'
import { ThingLink } from './ThingLink'
import { knownActions, useWords } from './useWords'

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
          <ActionFilter value={filter.action} choose={(action) => choose({ action })} />
          <Button icon={<Download size={14} />} href="/api/v1/audit/export" download>
            {t('admin.audit.export')}
          </Button>
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
        <More query={query} />
        {open && <Entry entry={open} close={() => setOpen(null)} />}
      </Page>
    </Guard>
  )
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
              <Small>
                <ThingLink entry={entry} />
              </Small>
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

/** By what it is about, or by one thing that happened to it. */
function ActionFilter({
  value,
  choose,
}: {
  value?: string
  choose: (action: string | undefined) => void
}) {
  const { t } = useTranslation()
  const words = useWords()
  const groups = Object.entries(knownActions()).map(([area, actions]) => ({
    label: words.area(area),
    options: [
      { value: area, label: t('admin.audit.all', { area: words.area(area) }) },
      ...actions.map((action) => ({ value: action, label: words.action(action) })),
    ],
  }))
  const listed = groups.some(({ options }) => options.some((option) => option.value === value))
  return (
    <Select
      style={{ width: 240 }}
      allowClear
      aria-label={t('admin.audit.action')}
      placeholder={t('admin.audit.action')}
      value={value}
      onChange={choose}
      showSearch={{ filterOption: (typed, option) => matchesName(String(option?.label), typed) }}
      options={
        value && !listed
          ? [{ label: value, options: [{ value, label: value }] }, ...groups]
          : groups
      }
    />
  )
}
