import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import {
  type StageRule,
  type StageSettings,
  setStageSettings,
  stageSettingsQuery,
} from '@/shared/api/profile'
import { useTranslation } from '@/shared/i18n'
import { Card, Guard, Page, QueryView, SwitchField, useAction, useLeaveGuard } from '@/shared/page'
import { RuleRow } from './RuleRow'
import styles from './stages.module.css'

const named = /^[a-z][a-z0-9_]{0,29}$/

/** Which rule says where a customer stands; the admin sees and edits every one. */
export function StagesPage() {
  const { t } = useTranslation()
  const query = useQuery(stageSettingsQuery)
  return (
    <Guard permission="workspace:manage">
      <Page title={t('admin.sections.stages')} lead={t('profile.admin.lead')}>
        <QueryView query={query}>
          {(found) => <Rules key={JSON.stringify([found.rules, found.collect])} found={found} />}
        </QueryView>
      </Page>
    </Guard>
  )
}

/** Rules while they are written: each has a key of its own, so that moving one keeps its fields. */
type Draft = { key: number; rule: StageRule }
const drafts = (rules: StageRule[]): Draft[] => rules.map((rule, key) => ({ key, rule }))

function Rules({ found }: { found: StageSettings }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [rules, setRules] = useState(() => drafts(found.rules))
  const [collect, setCollect] = useState(found.collect)
  const plain = rules.map((one) => one.rule)
  const changed = JSON.stringify([plain, collect]) !== JSON.stringify([found.rules, found.collect])
  useLeaveGuard(changed)
  const problem = problemOf(plain)
  const next = Math.max(...rules.map((one) => one.key)) + 1
  const put = (place: number, ...values: Draft[]) => setRules(rules.toSpliced(place, 1, ...values))
  const swap = (a: number, b: number) => {
    const [one, other] = [rules[a], rules[b]]
    if (one && other) setRules(rules.with(a, other).with(b, one))
  }
  const add = () =>
    setRules(
      rules.toSpliced(-1, 0, {
        key: next,
        rule: { stage: 'new_stage', tests: [{ metric: 'tickets', op: 'at_least', value: 1 }] },
      }),
    )
  const count = (stage: string) => found.counts.find((one) => one.stage === stage)?.customers
  return (
    <>
      <Card>
        <SwitchField
          label={t('profile.admin.collect')}
          hint={t('profile.admin.collectHint')}
          checked={collect}
          onChange={setCollect}
        />
      </Card>
      <Card title={t('profile.admin.rules')}>
        <ol className={styles.rules}>
          {rules.map(({ key, rule }, place) => (
            <RuleRow
              key={key}
              rule={rule}
              metrics={found.metrics}
              customers={count(rule.stage)}
              last={place === rules.length - 1}
              change={(changedRule) => put(place, { key, rule: changedRule })}
              remove={() => put(place)}
              up={place > 0 && place < rules.length - 1 ? () => swap(place, place - 1) : undefined}
              down={place < rules.length - 2 ? () => swap(place, place + 1) : undefined}
            />
          ))}
        </ol>
        <Button icon={<Plus size={14} />} onClick={add}>
          {t('profile.admin.addRule')}
        </Button>
      </Card>
      {problem && (
        <p role="alert" className={styles.problem}>
          {t(`profile.admin.${problem}`)}
        </p>
      )}
      <div className={styles.actions}>
        <Button
          type="primary"
          disabled={!changed || problem !== null}
          loading={busy !== null}
          onClick={() =>
            void run(() => setStageSettings({ rules: plain, collect }), {
              keys: [stageSettingsQuery.queryKey],
              done: t('common.saved'),
            })
          }
        >
          {t('common.save')}
        </Button>
        <Button onClick={() => setRules(drafts(found.usual))}>{t('profile.admin.usual')}</Button>
      </div>
    </>
  )
}

function problemOf(rules: StageRule[]) {
  if (rules.some((rule) => !named.test(rule.stage))) return 'badStage'
  if (rules.slice(0, -1).some((rule) => !rule.tests?.length)) return 'needTests'
  return null
}
