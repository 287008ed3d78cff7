import { useQuery } from '@tanstack/react-query'
import { Button, Progress } from 'antd'
import { ArrowDown, ArrowUp, Plus, Timer } from 'lucide-react'
import { useState } from 'react'
import {
  calendarsQuery,
  orderPolicies,
  policiesQuery,
  recomputationQuery,
  type SlaPolicy,
} from '@/shared/api/sla'
import { useTranslation } from '@/shared/i18n'
import { Above, Guard, Page, QueryView, RowButton, Small, Table, useAction } from '@/shared/page'
import { Empty, IconButton, Tag } from '@/shared/ui'
import { PolicyPanel } from './PolicyPanel'
import styles from './sla.module.css'

export function PoliciesPage() {
  const { t } = useTranslation()
  const query = useQuery(policiesQuery)
  const [edited, setEdited] = useState<SlaPolicy | 'new' | null>(null)
  const add = (
    <Button type="primary" icon={<Plus size={15} />} onClick={() => setEdited('new')}>
      {t('sla.policies.add')}
    </Button>
  )
  return (
    <Guard permission="sla:manage">
      <Page title={t('admin.sections.sla')} lead={t('sla.policies.lead')} actions={add}>
        <Recomputation />
        <QueryView
          query={query}
          empty={
            <Empty icon={Timer} title={t('sla.policies.empty')} hint={t('sla.policies.emptyHint')}>
              {add}
            </Empty>
          }
        >
          {(items) => <Policies items={items} open={setEdited} />}
        </QueryView>
        {edited && (
          <PolicyPanel
            policy={edited === 'new' ? null : edited}
            others={query.data ?? []}
            close={() => setEdited(null)}
          />
        )}
      </Page>
    </Guard>
  )
}

function Policies({ items, open }: { items: SlaPolicy[]; open: (policy: SlaPolicy) => void }) {
  const { t } = useTranslation()
  const { data: calendars = [] } = useQuery(calendarsQuery)
  const { run, busy } = useAction()
  const keys = [policiesQuery.queryKey, recomputationQuery.queryKey]
  function move(policy: SlaPolicy, step: 1 | -1) {
    const ids = items.map(({ id }) => id)
    const at = ids.indexOf(policy.id)
    const other = ids[at + step]
    if (other === undefined) return
    ids[at + step] = policy.id
    ids[at] = other
    void run(() => orderPolicies(ids), { keys })
  }
  return (
    <Table
      label={t('admin.sections.sla')}
      rows={items}
      keyOf={(policy) => policy.id}
      opens
      columns={[
        {
          key: 'name',
          title: t('kit.name'),
          cell: (policy) => (
            <>
              <RowButton onClick={() => open(policy)}>{policy.name}</RowButton>{' '}
              {!policy.active && <Tag tone="neutral">{t('sla.policies.inactive')}</Tag>}
              <Small>
                {policy.targets
                  .map((target) => target.name || t(`due.kinds.${target.kind}`))
                  .join(t('sla.policies.comma'))}
              </Small>
            </>
          ),
        },
        {
          key: 'calendar',
          title: t('sla.policies.calendar'),
          width: 200,
          cell: (policy) =>
            calendars.find(({ id }) => id === policy.calendar_id)?.name ??
            (policy.calendar_id ? '' : t('due.always')),
        },
        {
          key: 'order',
          title: t('sla.policies.order'),
          quiet: true,
          width: 90,
          end: true,
          cell: (policy) => (
            <Above>
              <IconButton
                icon={ArrowUp}
                label={`${t('sla.policies.earlier')}: ${policy.name}`}
                disabled={policy === items[0] || busy !== null}
                onClick={() => move(policy, -1)}
              />
              <IconButton
                icon={ArrowDown}
                label={`${t('sla.policies.later')}: ${policy.name}`}
                disabled={policy === items.at(-1) || busy !== null}
                onClick={() => move(policy, 1)}
              />
            </Above>
          ),
        },
      ]}
    />
  )
}

/** How far running clocks follow the last change. */
function Recomputation() {
  const { t } = useTranslation()
  const { data } = useQuery(recomputationQuery)
  if (!data || data.finished_at) return null
  const percent = data.total > 0 ? Math.floor((data.done / data.total) * 100) : 0
  return (
    <div className={styles.progress} role="status">
      <span>{t('sla.policies.recomputing', { done: data.done, total: data.total })}</span>
      <Progress percent={Math.min(percent, 99)} size="small" showInfo={false} />
    </div>
  )
}
