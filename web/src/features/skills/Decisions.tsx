import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { Bot } from 'lucide-react'
import { useState } from 'react'
import { useDeed } from '@/features/copilot'
import { decisionsQuery, type SkillDecision, type Verdict } from '@/shared/api/skills'
import { localized, useLocale, useTranslation } from '@/shared/i18n'
import { Card, type Column, More, QueryView, Small, Table } from '@/shared/page'
import { Empty, Tag, Time, type Tone } from '@/shared/ui'
import { percent } from './figures'
import styles from './skills.module.css'

const verdicts = ['right', 'wrong', 'unclear'] as const
const tones: Record<Verdict, Tone> = { right: 'ok', wrong: 'danger', unclear: 'neutral' }

/** What a skill decided lately, with the tickets and what came of it. */
export function Decisions({ skill }: { skill: string }) {
  const { t } = useTranslation()
  const [verdict, setVerdict] = useState<Verdict | 'all'>('all')
  const query = useInfiniteQuery(decisionsQuery(skill, verdict === 'all' ? undefined : verdict))
  const filter = (
    <Segmented<Verdict | 'all'>
      size="small"
      aria-label={t('skills.verdict')}
      value={verdict}
      onChange={setVerdict}
      options={[
        { value: 'all', label: t('skills.all') },
        ...verdicts.map((value) => ({ value, label: t(`skills.verdicts.${value}`) })),
      ]}
    />
  )
  return (
    <Card title={t('skills.decisions')} actions={filter} flush>
      <QueryView query={query} lines={6}>
        {({ pages }) => {
          const rows = pages.flatMap(({ items }) => items)
          return rows.length === 0 ? (
            <Empty icon={Bot} title={t('skills.noDecisions')} hint={t('skills.noDecisionsHint')} />
          ) : (
            <Rows rows={rows} />
          )
        }}
      </QueryView>
      <More query={query} />
    </Card>
  )
}

function Rows({ rows }: { rows: SkillDecision[] }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const deed = useDeed()
  const columns: Column<SkillDecision>[] = [
    { key: 'at', title: t('skills.at'), width: 130, cell: ({ at }) => <Time at={at} /> },
    {
      key: 'ticket',
      title: t('skills.ticket'),
      width: '32%',
      cell: (one) => <TicketName decision={one} />,
    },
    {
      key: 'what',
      title: t('skills.what'),
      cell: (one) => (
        <>
          {one.steps.map((step) => (
            <Deed key={step.action} {...deed(step)} />
          ))}
          <Small>{localized(one.why_title, locale, '')}</Small>
        </>
      ),
    },
    {
      key: 'sure',
      title: t('skills.confidenceShort'),
      width: 90,
      cell: ({ confidence }) => percent(confidence, locale),
    },
    { key: 'by', title: t('skills.by'), width: 130, cell: (one) => <Maker decision={one} /> },
    {
      key: 'verdict',
      title: t('skills.verdict'),
      width: 170,
      cell: (one) => <Came decision={one} />,
    },
  ]
  return (
    <Table
      label={t('skills.decisions')}
      columns={columns}
      rows={rows}
      keyOf={({ id }) => id}
      bare
    />
  )
}

const Deed = ({ name, value }: { name: string; value: string }) => (
  <div className={styles.deed} title={value}>
    {name} <b>{value}</b>
  </div>
)

function TicketName({ decision }: { decision: SkillDecision }) {
  const { t } = useTranslation()
  if (decision.ticket_number === null) return <span>{t('skills.hidden')}</span>
  return (
    <Link to="/inbox" search={{ view: 'all', ticket: decision.ticket_id }}>
      #{decision.ticket_number} {decision.ticket_subject}
    </Link>
  )
}

function Maker({ decision }: { decision: SkillDecision }) {
  const { t } = useTranslation()
  const { reason } = decision
  return (
    <>
      {decision.made_by === 'model' ? decision.model : t('skills.embedded')}
      {reason && (
        <Small>
          {t(`copilot.reasons.${reason}` as 'copilot.reasons.budget', { defaultValue: reason })}
        </Small>
      )}
    </>
  )
}

function Came({ decision }: { decision: SkillDecision }) {
  const { t } = useTranslation()
  const { verdict, judged_by, fate } = decision
  const how = judged_by ? t(`skills.judgedBy.${judged_by}`) : t('skills.waiting')
  return (
    <>
      {verdict && <Tag tone={tones[verdict]}>{t(`skills.verdicts.${verdict}`)}</Tag>}
      <Small>
        {t(`skills.fates.${fate}`)} · {how}
      </Small>
    </>
  )
}
