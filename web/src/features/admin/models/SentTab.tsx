import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { type Left, leftQuery } from '@/shared/api/copilot'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Bar, Mono, More, QueryView, RowButton, Small, Table } from '@/shared/page'
import { Empty, Time } from '@/shared/ui'
import { OneLeft } from './OneLeft'

const outcomes = ['answered', 'failed', 'cancelled', 'sending'] as const

/** What left for model servers, the newest first. */
export function SentTab() {
  const { t } = useTranslation()
  const [outcome, setOutcome] = useState<Left['outcome']>()
  const [open, setOpen] = useState<Left | null>(null)
  const query = useInfiniteQuery(leftQuery(outcome))
  const rows = query.data?.pages.flatMap((page) => page.items)
  return (
    <>
      <Bar>
        <Select
          style={{ width: 200 }}
          allowClear
          aria-label={t('models.outcome')}
          placeholder={t('models.outcome')}
          value={outcome}
          onChange={setOutcome}
          options={outcomes.map((value) => ({ value, label: t(`models.outcomes.${value}`) }))}
        />
      </Bar>
      <QueryView query={{ ...query, data: rows }} lines={8}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={Send} title={t('models.nothingLeft')} hint={t('models.nothingLeftHint')}>
              {outcome && <Button onClick={() => setOutcome(undefined)}>{t('kit.clear')}</Button>}
            </Empty>
          ) : (
            <Rows items={items} open={setOpen} />
          )
        }
      </QueryView>
      <More query={query} />
      {open && <OneLeft left={open} close={() => setOpen(null)} />}
    </>
  )
}

function Rows({ items, open }: { items: Left[]; open: (left: Left) => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  return (
    <Table
      label={t('models.tabs.sent')}
      rows={items}
      keyOf={(left) => left.id}
      opens
      columns={[
        {
          key: 'task',
          title: t('models.task'),
          cell: (left) => (
            <>
              <RowButton onClick={() => open(left)}>
                {t(`models.tasks.${left.task}` as 'models.tasks.draft', {
                  defaultValue: left.task,
                })}
              </RowButton>
              <Small>
                {left.model} · <Mono>{left.host}</Mono>
              </Small>
            </>
          ),
        },
        {
          key: 'outcome',
          title: t('models.outcome'),
          width: 190,
          cell: (left) => (
            <>
              {t(`models.outcomes.${left.outcome}`)}
              {left.reason && (
                <Small>
                  {t(`copilot.reasons.${left.reason}` as 'copilot.reasons.key', {
                    defaultValue: left.reason,
                  })}
                </Small>
              )}
            </>
          ),
        },
        { key: 'who', title: t('models.who'), width: 130, cell: (left) => left.agent_name },
        {
          key: 'ticket',
          title: t('models.ticket'),
          width: 90,
          cell: (left) =>
            left.ticket_id && (
              <Link to="/inbox" search={{ ticket: left.ticket_id }}>
                {t('models.open')}
              </Link>
            ),
        },
        {
          key: 'tokens',
          title: t('models.tokens'),
          width: 100,
          end: true,
          cell: (left) => (left.tokens_in + left.tokens_out).toLocaleString(locale),
        },
        {
          key: 'at',
          title: t('models.at'),
          width: 170,
          cell: (left) => <Time at={left.at} style="full" />,
        },
      ]}
    />
  )
}
