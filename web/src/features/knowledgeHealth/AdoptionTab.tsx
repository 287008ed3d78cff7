import { useQuery } from '@tanstack/react-query'
import { BookOpenCheck } from 'lucide-react'
import { useState } from 'react'
import { agentsQuery } from '@/shared/api'
import { usageQuery } from '@/shared/api/knowledge'
import { type Behind, type Step, steps, type Usage, type UsageRow } from '@/shared/api/upkeep'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Card, type Column, QueryView, Table } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import { BehindPanel } from './BehindPanel'
import { Count } from './Count'
import styles from './health.module.css'
import { Ranking } from './Ranking'
import { useTitles } from './useTitles'

/** Whether articles are used: by article, by agent, and by customers themselves. */
export function AdoptionTab() {
  const query = useQuery(usageQuery())
  const [behind, setBehind] = useState<(Behind & { name: string }) | null>(null)
  return (
    <div className={styles.adoption}>
      <QueryView query={query} lines={10}>
        {(usage) => <Found usage={usage} open={setBehind} />}
      </QueryView>
      <Ranking />
      {behind && <BehindPanel behind={behind} close={() => setBehind(null)} />}
    </div>
  )
}

type Open = (behind: Behind & { name: string }) => void

function Found({ usage, open }: { usage: Usage; open: Open }) {
  const { t } = useTranslation()
  const { totals } = usage
  const titles = useTitles(usage.articles.length > 0)
  const { data: agents } = useQuery(agentsQuery)
  if (totals.shown === 0 && totals.offered === 0) {
    return (
      <Empty
        icon={BookOpenCheck}
        title={t('upkeep.adoption.noneYet')}
        hint={t('upkeep.adoption.noneHint')}
      />
    )
  }
  const colleagues = new Map(agents?.map(({ id, name }) => [id, name]))
  return (
    <>
      <Rate totals={totals} open={open} />
      <By
        title={t('upkeep.adoption.byArticle')}
        head={t('upkeep.adoption.article')}
        rows={usage.articles}
        nameOf={({ article_id }) => titles.get(article_id ?? '') ?? `#${article_id}`}
        open={open}
      />
      <By
        title={t('upkeep.adoption.byAgent')}
        head={t('upkeep.adoption.agent')}
        rows={usage.agents}
        nameOf={({ agent_id }) => colleagues.get(agent_id ?? '') ?? `#${agent_id}`}
        open={open}
      />
    </>
  )
}

const percent = (value: number | null, locale: string) =>
  value === null
    ? '—'
    : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(value)

function Rate({ totals, open }: { totals: Usage['totals']; open: Open }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const reached = totals.adoption !== null && totals.adoption >= totals.target
  const total = t('upkeep.adoption.all')
  return (
    <Card title={t('upkeep.adoption.rate')} hint={t('upkeep.adoption.define')}>
      <p className={styles.rate}>
        <strong>{percent(totals.adoption, locale)}</strong>
        <Tag tone={reached ? 'ok' : 'warn'}>
          {reached ? t('upkeep.adoption.reached') : t('upkeep.adoption.below')}
        </Tag>
        <span>{t('upkeep.adoption.target', { target: percent(totals.target, locale) })}</span>
      </p>
      <dl className={styles.tiles}>
        {(['shown', 'sent', 'edited', 'resolved'] as const).map((step) => (
          <div key={step} title={t(`upkeep.adoption.hints.${step}`)}>
            <dt>{t(`upkeep.adoption.steps.${step}`)}</dt>
            <dd>
              <Count
                count={totals[step]}
                step={step}
                name={total}
                open={() => open({ step, name: total })}
              />
            </dd>
          </div>
        ))}
      </dl>
      <p className={styles.note}>
        <b>{t('upkeep.adoption.self')}</b> {t('upkeep.adoption.selfHint')}
      </p>
      <dl className={styles.tiles}>
        {(['offered', 'read', 'solved'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`upkeep.adoption.${kind}`)}</dt>
            <dd>{totals[kind]}</dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}

interface ByProps {
  title: string
  head: string
  rows: UsageRow[]
  nameOf: (row: UsageRow) => string
  open: Open
}

function By({ title, head, rows, nameOf, open }: ByProps) {
  const { t } = useTranslation()
  const locale = useLocale()
  const idsOf = ({ article_id, agent_id }: UsageRow) => ({
    ...(article_id ? { article: article_id } : {}),
    ...(agent_id ? { agent: agent_id } : {}),
  })
  const columns: Column<UsageRow>[] = [
    { key: 'name', title: head, cell: nameOf },
    ...steps.map(
      (step: Step): Column<UsageRow> => ({
        key: step,
        title: t(`upkeep.adoption.steps.${step}`),
        end: true,
        cell: (row) => (
          <Count
            count={row[step]}
            step={step}
            name={nameOf(row)}
            open={() => open({ step, ...idsOf(row), name: nameOf(row) })}
          />
        ),
      }),
    ),
    {
      key: 'share',
      title: t('upkeep.adoption.share'),
      end: true,
      cell: ({ shown, sent }) => percent(shown > 0 ? Math.min(1, sent / shown) : null, locale),
    },
  ]
  return (
    <Card title={title} flush>
      <Table
        label={title}
        columns={columns}
        rows={rows}
        keyOf={({ article_id, agent_id }) => article_id ?? agent_id ?? ''}
        bare
      />
    </Card>
  )
}
