import { AutoComplete, Button, InputNumber, Select } from 'antd'
import { ArrowDown, ArrowUp, Plus, Trash2, X } from 'lucide-react'
import { useStageName } from '@/features/profile'
import type { StageRule, StageSettings, StageTest } from '@/shared/api/profile'
import { useTranslation } from '@/shared/i18n'
import { IconButton } from '@/shared/ui'
import styles from './stages.module.css'

const usual = ['new', 'active', 'at_risk', 'loyal', 'dormant']

interface Props {
  rule: StageRule
  metrics: StageSettings['metrics']
  customers: number | undefined
  last: boolean
  change: (rule: StageRule) => void
  remove: () => void
  up: (() => void) | undefined
  down: (() => void) | undefined
}

/** One rule: a stage, and the conditions that must all hold. */
export function RuleRow({ rule, metrics, customers, last, change, remove, up, down }: Props) {
  const { t } = useTranslation()
  const name = useStageName()
  const tests = rule.tests ?? []
  const first = metrics[0] ?? 'tickets'
  return (
    <li className={styles.rule}>
      <div className={styles.name}>
        <AutoComplete
          aria-label={t('profile.admin.stageName')}
          value={usual.includes(rule.stage) ? name(rule.stage) : rule.stage}
          options={usual.map((one) => ({ value: name(one) }))}
          onChange={(called: string) =>
            change({ ...rule, stage: usual.find((one) => name(one) === called) ?? called })
          }
        />
        {customers !== undefined && (
          <small>{t('profile.admin.counts', { count: customers })}</small>
        )}
      </div>
      <div className={styles.tests}>
        {last && <p>{t('profile.admin.rest')}</p>}
        {tests.map((test, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions are told apart by place alone
          <div key={place} className={styles.test}>
            <Test
              test={test}
              metrics={metrics}
              change={(changed) => change({ ...rule, tests: tests.with(place, changed) })}
            />
            <IconButton
              icon={X}
              label={t('profile.admin.removeTest')}
              onClick={() => change({ ...rule, tests: tests.toSpliced(place, 1) })}
            />
          </div>
        ))}
        {!last && (
          <Button
            type="link"
            size="small"
            icon={<Plus size={13} />}
            onClick={() =>
              change({ ...rule, tests: [...tests, { metric: first, op: 'at_least', value: 1 }] })
            }
          >
            {t('profile.admin.addTest')}
          </Button>
        )}
      </div>
      {!last && (
        <div className={styles.tools}>
          <IconButton icon={ArrowUp} label={t('profile.admin.up')} disabled={!up} onClick={up} />
          <IconButton
            icon={ArrowDown}
            label={t('profile.admin.down')}
            disabled={!down}
            onClick={down}
          />
          <IconButton icon={Trash2} label={t('profile.admin.removeRule')} onClick={remove} />
        </div>
      )}
    </li>
  )
}

interface TestProps {
  test: StageTest
  metrics: StageSettings['metrics']
  change: (test: StageTest) => void
}

function Test({ test, metrics, change }: TestProps) {
  const { t } = useTranslation()
  return (
    <>
      <Select
        aria-label={t('profile.key')}
        value={test.metric}
        popupMatchSelectWidth={false}
        options={metrics.map((value) => ({ value, label: t(`profile.metrics.${value}`) }))}
        onChange={(metric) => change({ ...test, metric })}
      />
      <Select
        aria-label={`${t('profile.ops.at_least')} / ${t('profile.ops.at_most')}`}
        value={test.op}
        options={(['at_least', 'at_most'] as const).map((value) => ({
          value,
          label: t(`profile.ops.${value}`),
        }))}
        onChange={(op) => change({ ...test, op })}
      />
      <InputNumber
        aria-label={t('profile.value')}
        min={0}
        max={100000}
        value={test.value}
        onChange={(value) => change({ ...test, value: value ?? 0 })}
      />
    </>
  )
}
