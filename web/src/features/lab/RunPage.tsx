import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { CircleCheck } from 'lucide-react'
import { useState } from 'react'
import {
  type GoldenSet,
  isRunning,
  type LabReport,
  type LabRun,
  outcomesQuery,
  runQuery,
  setQuery,
  type Which,
} from '@/shared/api/lab'
import { useLocale, useTranslation } from '@/shared/i18n'
import { Guard, More, Page, QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { between, percent, points } from './figures'
import styles from './lab.module.css'
import { Measured } from './Measured'
import { Outcomes } from './Outcomes'
import { Progress } from './Progress'
import { Verdict } from './Verdict'

/** One run: its figures, and the cases that broke or were mended side by side. */
export default function RunPage({ id }: { id: string }) {
  const query = useQuery(runQuery(id))
  const set = useQuery({ ...setQuery(query.data?.set_id ?? ''), enabled: Boolean(query.data) })
  return (
    <Guard permission="learning:manage">
      <QueryView query={query} lines={10}>
        {(run) => (
          <QueryView query={set} lines={10}>
            {(found) => <Found run={run} set={found} />}
          </QueryView>
        )}
      </QueryView>
    </Guard>
  )
}

function Found({ run, set }: { run: LabRun; set: GoldenSet }) {
  const { t } = useTranslation()
  return (
    <Page
      title={
        <>
          {t('lab.run', { number: run.number })} <Verdict run={run} />
        </>
      }
      name={t('lab.run', { number: run.number })}
      lead={<Measured run={run} />}
      back={(look) => <Link to="/admin/lab/$id" params={{ id: set.id }} {...look} />}
      backText={set.name}
      width="wide"
    >
      {isRunning(run) && <Progress run={run} />}
      {run.state === 'failed' && (
        <p className={styles.sentence}>
          {run.reason === 'model_missing'
            ? t('lab.failures.model_missing')
            : t('lab.failures.no_answer', {
                reason: t(`copilot.reasons.${run.reason}` as 'copilot.reasons.key', {
                  defaultValue: run.reason,
                }),
              })}
        </p>
      )}
      {run.report && <Report run={run} set={set} report={run.report} />}
    </Page>
  )
}

function Report({ run, set, report }: { run: LabRun; set: GoldenSet; report: LabReport }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const isRetrieval = set.kind === 'retrieval'
  const tiles = [
    {
      title: t('lab.score'),
      share: report.score,
      note: t(isRetrieval ? 'lab.scoreHint.retrieval' : 'lab.scoreHint.label'),
    },
    { title: t(isRetrieval ? 'lab.first' : 'lab.right'), share: report.right, note: '' },
    { title: t(isRetrieval ? 'lab.found' : 'lab.notWrong'), share: report.found, note: '' },
  ]
  return (
    <>
      <ul className={styles.tiles}>
        {tiles.map(({ title, share, note }) => (
          <li key={title}>
            <h2>{title}</h2>
            <p className={styles.figure}>{percent(share.value, locale)}</p>
            <p>{t('lab.range', { range: between(share, locale) })}</p>
            {note && <p>{note}</p>}
          </li>
        ))}
      </ul>
      <Sentence report={report} />
      <Cases run={run} set={set} hasBase={report.comparison !== null} />
    </>
  )
}

function Sentence({ report }: { report: LabReport }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const beside = report.comparison
  return (
    <p className={styles.sentence}>
      {beside && beside.examples > 0
        ? t('lab.compared', {
            against: beside.against,
            count: beside.examples,
            points: points(beside.difference.value, locale),
            low: points(beside.difference.low, locale),
            high: points(beside.difference.high, locale),
            broke: beside.broke,
            mended: beside.mended,
          })
        : t('lab.uncompared')}{' '}
      {beside && beside.left_out > 0 && t('lab.leftOut', { count: beside.left_out })}{' '}
      {report.learned > 0 && t('lab.learned', { count: report.learned })}
    </p>
  )
}

function Cases({ run, set, hasBase }: { run: LabRun; set: GoldenSet; hasBase: boolean }) {
  const { t } = useTranslation()
  const choices: Which[] = hasBase ? ['broke', 'mended', 'wrong', 'all'] : ['wrong', 'all']
  const [which, setWhich] = useState<Which>(choices[0] ?? 'all')
  const query = useInfiniteQuery(outcomesQuery(run.id, which))
  return (
    <>
      <div className={styles.bar}>
        <Segmented<Which>
          aria-label={t('lab.cases')}
          value={which}
          onChange={setWhich}
          options={choices.map((value) => ({ value, label: t(`lab.which.${value}`) }))}
        />
      </div>
      <QueryView query={query}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items)
          const articles = Object.assign({}, ...pages.map((page) => page.articles))
          return items.length === 0 ? (
            <Empty icon={CircleCheck} title={t(`lab.none.${which}`)} />
          ) : (
            <Outcomes kind={set.kind} items={items} articles={articles} />
          )
        }}
      </QueryView>
      <More query={query} />
    </>
  )
}
