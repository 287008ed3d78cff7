import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button, Input } from 'antd'
import { useId, useState } from 'react'
import { copilotSetupQuery } from '@/shared/api/copilot'
import {
  changeQuery,
  isRunning,
  type Kind,
  type LabChange,
  type LabChangeDetail,
  labKey,
  overrideChange,
  withdrawChange,
} from '@/shared/api/lab'
import { learningKey } from '@/shared/api/learning'
import { skillsKey } from '@/shared/api/skills'
import { useTranslation } from '@/shared/i18n'
import { Card, Guard, Page, QueryView, useAction } from '@/shared/page'
import { useCan } from '@/shared/session'
import { ChangeState, useChangeTitle } from './Changes'
import styles from './lab.module.css'
import { Outcomes } from './Outcomes'
import { Progress } from './Progress'

/** A change that waits: what it broke, and the ways out. */
export default function ChangePage({ id }: { id: string }) {
  const query = useQuery(changeQuery(id))
  const mayJudge = useCan('learning:manage')
  return (
    <Guard permission={mayJudge ? 'learning:manage' : 'model:manage'}>
      <QueryView query={query} lines={8}>
        {(found) => <Found found={found} />}
      </QueryView>
    </Guard>
  )
}

function Found({ found: { change, sets, articles, may_override } }: { found: LabChangeDetail }) {
  const { t } = useTranslation()
  const title = useChangeTitle()(change)
  const isOpen = change.state === 'checking' || change.state === 'blocked'
  return (
    <Page
      title={
        <>
          {title} <ChangeState change={change} />
        </>
      }
      name={title}
      lead={<Why change={change} />}
      back={(look) => <Link to="/admin/lab" {...look} />}
      backText={t('lab.backToSets')}
      width="wide"
    >
      {sets.map(({ run }) => isRunning(run) && <Progress key={run.id} run={run} />)}
      {isOpen && <WaysOut change={change} mayOverride={may_override} />}
      {sets.map(
        (part) =>
          part.items.length > 0 && (
            <Card
              key={part.run.id}
              title={
                <Link to="/admin/lab/runs/$id" params={{ id: part.run.id }}>
                  {t('lab.brokeIn', {
                    name: part.set_name,
                    count: part.run.report?.comparison?.broke ?? part.items.length,
                  })}
                </Link>
              }
              flush
            >
              <Outcomes kind={kindOf(change)} items={part.items} articles={articles} bare />
            </Card>
          ),
      )}
    </Page>
  )
}

function kindOf({ kind, subject }: LabChange): Kind {
  if (kind === 'article' || kind === 'questions') return 'retrieval'
  if (kind === 'skill' || kind === 'server') return 'skill'
  return subject === 'category' ? 'category' : 'intent'
}

function Why({ change: { state, reason, settled_by } }: { change: LabChange }) {
  const { t } = useTranslation()
  if (state === 'checking') return t('lab.checkingHint')
  if (state === 'passed') return t('lab.passedHint')
  if (state === 'overridden') return t('lab.overriddenHint', { name: settled_by ?? '', reason })
  if (state === 'failed') return t('lab.failedHint', { reason })
  const known = (['worse', 'not_measured', 'superseded', 'overtaken', 'taken_back'] as const).find(
    (one) => one === reason,
  )
  return known ? t(`lab.reasons.${known}`) : reason
}

const keys = [
  [...labKey],
  [...learningKey],
  ['understanding'],
  ['knowledge'],
  [...skillsKey],
  copilotSetupQuery.queryKey,
]

function WaysOut({ change, mayOverride }: { change: LabChange; mayOverride: boolean }) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const [reason, setReason] = useState('')
  const label = useId()
  return (
    <Card title={t('lab.overrideTitle')} hint={t('lab.overrideHint')}>
      <form
        className={styles.form}
        onSubmit={(event) => {
          event.preventDefault()
          void run(() => overrideChange(change.id, reason), { keys, done: t('lab.overridden') })
        }}
      >
        {mayOverride && (
          <>
            <label htmlFor={label}>{t('lab.reason')}</label>
            <Input.TextArea
              id={label}
              value={reason}
              maxLength={500}
              autoSize={{ minRows: 2, maxRows: 6 }}
              onChange={(event) => setReason(event.target.value)}
            />
          </>
        )}
        <div className={styles.steps}>
          {mayOverride && (
            <Button
              danger
              htmlType="submit"
              disabled={reason.trim().length < 3}
              loading={busy === 'it'}
            >
              {t('lab.override')}
            </Button>
          )}
          <Button
            loading={busy === 'back'}
            onClick={() =>
              void run(() => withdrawChange(change.id), { keys, done: t('lab.withdrawn') }, 'back')
            }
          >
            {t('lab.withdraw')}
          </Button>
        </div>
      </form>
    </Card>
  )
}
