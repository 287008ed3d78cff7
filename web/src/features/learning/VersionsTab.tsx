import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { History } from 'lucide-react'
import { Held } from '@/features/lab'
import {
  type Head,
  learningKey,
  type ModelVersion,
  promote,
  rollBack,
  versionsQuery,
} from '@/shared/api/learning'
import { useLocale, useTranslation } from '@/shared/i18n'
import { type Column, QueryView, Small, Table, useAction } from '@/shared/page'
import { Empty, Tag, Time, type Tone } from '@/shared/ui'
import { between, percent } from './figures'

const tones: Record<ModelVersion['state'], Tone> = {
  training: 'info',
  candidate: 'warn',
  in_use: 'ok',
  retired: 'neutral',
  failed: 'danger',
  cancelled: 'neutral',
}

/** All versions: what each learned from, how good it was, why it is in use or not. */
export function VersionsTab({ head }: { head: Head }) {
  const { t } = useTranslation()
  const query = useQuery(versionsQuery(head))
  return (
    <QueryView
      query={query}
      empty={
        <Empty
          icon={History}
          title={t('learning.noVersions')}
          hint={t('learning.noVersionsHint')}
        />
      }
    >
      {(items) => <Versions head={head} items={items} />}
    </QueryView>
  )
}

function Versions({ head, items }: { head: Head; items: ModelVersion[] }) {
  const { t } = useTranslation()
  const reason = useReason()
  const columns: Column<ModelVersion>[] = [
    { key: 'number', title: t('learning.numberOf'), width: 90, cell: (row) => row.number },
    {
      key: 'state',
      title: t('learning.state'),
      cell: (row) => (
        <>
          <Tag tone={tones[row.state]}>{t(`learning.states.${row.state}`)}</Tag>
          <Small>{reason(row)}</Small>
          {row.held && <Held held={row.held} keys={[[...learningKey]]} />}
        </>
      ),
    },
    { key: 'accuracy', title: t('learning.accuracy'), cell: (row) => <Accuracy row={row} /> },
    {
      key: 'labels',
      title: t('learning.tabs.labels'),
      end: true,
      cell: (row) => row.labels || '—',
    },
    {
      key: 'when',
      title: t('learning.when'),
      cell: (row) => (
        <>
          <Time at={row.created_at} />
          <Small>
            {t(`learning.causes.${row.cause}`, { name: row.started_by })}
            {row.seconds !== null && ` · ${t('learning.took', { count: Math.ceil(row.seconds) })}`}
          </Small>
        </>
      ),
    },
    {
      key: 'do',
      title: t('learning.actions'),
      quiet: true,
      end: true,
      cell: (row) => <Actions head={head} row={row} />,
    },
  ]
  return (
    <Table
      label={t('learning.tabs.versions')}
      columns={columns}
      rows={items}
      keyOf={(row) => row.id}
    />
  )
}

function Accuracy({ row }: { row: ModelVersion }) {
  const locale = useLocale()
  if (!row.accuracy) return '—'
  return (
    <>
      {percent(row.accuracy.value, locale)} <Small>{between(row.accuracy, locale)}</Small>
    </>
  )
}

function Actions({ head, row }: { head: Head; row: ModelVersion }) {
  const { t } = useTranslation()
  const { message } = App.useApp()
  const { run, busy } = useAction()
  const keys = [[...learningKey]]
  if (row.state === 'in_use')
    return (
      <Button
        size="small"
        loading={busy !== null}
        onClick={() => void run(() => rollBack(head), { keys, done: t('learning.rolledBack') })}
      >
        {t('learning.rollBack')}
      </Button>
    )
  if (row.state !== 'candidate' && row.state !== 'retired') return null
  // Where golden sets guard the head it waits for them, and the row says so.
  const use = () =>
    run(
      async () => {
        const { state, number } = await promote(row.id)
        if (state === 'in_use') message.success(t('learning.promoted', { number }))
      },
      { keys },
    )
  return (
    <Button
      size="small"
      type={row.state === 'candidate' ? 'primary' : 'default'}
      loading={busy !== null}
      onClick={() => void use()}
    >
      {t('learning.use')}
    </Button>
  )
}

const reasons = [
  'better',
  'better_than_usual',
  'better_than_shipped',
  'waits',
  'worse',
  'not_better',
  'perhaps_better',
  'too_few_to_compare',
  'by_hand',
  'rolled_back',
  'withdrawn',
  'process_died',
  'too_few_labels',
  'cancelled',
] as const

/** Why a version is in use, or is not. */
function useReason() {
  const { t } = useTranslation()
  return ({ reason }: ModelVersion) => {
    const known = reasons.find((one) => one === reason)
    return known ? t(`learning.reasons.${known}`) : ''
  }
}
