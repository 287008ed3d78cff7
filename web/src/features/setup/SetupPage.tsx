import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { Check } from 'lucide-react'
import { agentsQuery } from '@/shared/api'
import { brandsQuery, inboxesQuery, setupQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Guard } from '@/shared/page'
import { useMe } from '@/shared/session'
import { ErrorState, Skeleton } from '@/shared/ui'
import { BrandStep } from './BrandStep'
import { ChatStep } from './ChatStep'
import { DoneStep } from './DoneStep'
import { EmailStep } from './EmailStep'
import { PracticeStep } from './PracticeStep'
import styles from './setup.module.css'
import { after, progress, resume, type StepId, stepIds, type Where } from './steps'
import { TeamStep } from './TeamStep'

/** Which steps are done: by the server's word, or because the thing is there. */
function useProgress() {
  const me = useMe()
  const setup = useQuery({ ...setupQuery, retry: false })
  const inboxes = useQuery(inboxesQuery)
  const agents = useQuery(agentsQuery)
  const brands = useQuery(brandsQuery)
  const has = (channel: string) => inboxes.data?.some((inbox) => inbox.channel === channel)
  const done = progress(setup.data ?? [], {
    email: has('email'),
    chat: has('chat'),
    team: (agents.data?.filter((agent) => agent.active).length ?? 0) > 1,
    practice: me.workspace.setup_done,
  })
  const needed = [setup, inboxes, agents, brands]
  const failed = needed.filter((query) => query.data === undefined && query.failureCount > 0)
  return {
    done,
    ready: needed.every((query) => query.data !== undefined),
    failure: failed[0]?.error ?? failed[0]?.failureReason,
    retry: () => failed.map((query) => query.refetch()),
  }
}

/** From an empty workspace to the first answered ticket; left at any time, resumed at any time. */
export function SetupPage({ step }: { step?: Where }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { done, ready, failure, retry } = useProgress()
  const current = step ?? resume(done)
  const go = (to: Where) => void navigate({ to: '/setup', search: { step: to } })
  const count = stepIds.filter((id) => done[id]).length
  return (
    <Guard permission="workspace:manage">
      <div className={styles.page}>
        <aside className={styles.side}>
          <h1>{t('setup.title')}</h1>
          {current !== 'done' && <p>{t('setup.lead')}</p>}
          <div
            className={styles.meter}
            role="progressbar"
            aria-valuemin={0}
            aria-valuemax={stepIds.length}
            aria-valuenow={count}
            aria-label={t('setup.progress', { done: count, total: stepIds.length })}
          >
            <i style={{ width: `${(count / stepIds.length) * 100}%` }} />
          </div>
          <small>{t('setup.progress', { done: count, total: stepIds.length })}</small>
          <ol className={styles.steps}>
            {stepIds.map((id, at) => (
              <li key={id}>
                <button
                  type="button"
                  aria-current={current === id ? 'step' : undefined}
                  data-done={done[id]}
                  onClick={() => go(id)}
                >
                  <span className={styles.number}>
                    {done[id] ? <Check size={14} aria-label={t('setup.stepDone')} /> : at + 1}
                  </span>
                  <span className={styles.stepName}>{t(`setup.steps.${id}`)}</span>
                </button>
              </li>
            ))}
          </ol>
          {current !== 'done' && (
            <Button
              type="link"
              className={styles.later}
              onClick={() => void navigate({ to: '/inbox' })}
            >
              {t('setup.later')}
            </Button>
          )}
        </aside>
        <section className={styles.main} aria-live="polite">
          {ready && <Step key={current} at={current} go={go} />}
          {!ready && failure && <ErrorState error={failure} retry={() => void retry()} />}
          {!ready && !failure && <Skeleton lines={6} />}
        </section>
      </div>
    </Guard>
  )
}

function Step({ at, go }: { at: Where; go: (to: Where) => void }) {
  const next = (from: StepId) => () => go(after(from))
  switch (at) {
    case 'brand':
      return <BrandStep next={next('brand')} />
    case 'email':
      return <EmailStep next={next('email')} />
    case 'chat':
      return <ChatStep next={next('chat')} />
    case 'team':
      return <TeamStep next={next('team')} />
    case 'practice':
      return <PracticeStep next={next('practice')} />
    default:
      return <DoneStep />
  }
}
