import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { FlaskConical } from 'lucide-react'
import { practiceKey, practiceQuery, removePractice, startPractice } from '@/shared/api/practice'
import { useLocale, useTranslation } from '@/shared/i18n'
import { QueryView, useAction, useAsk } from '@/shared/page'
import { Empty, Tag } from '@/shared/ui'
import styles from './tour.module.css'

/** Customers that are scripts: begin one, go on with it, or remove them all. */
export function PracticeList({ opened }: { opened?: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const navigate = useNavigate()
  const query = useQuery(practiceQuery(locale))
  const { run, busy } = useAction()
  const ask = useAsk()

  async function open(scene: string) {
    const ticket = await run(() => startPractice(scene, locale), { keys: [practiceKey] }, scene)
    if (!ticket) return
    opened?.()
    await navigate({ to: '/inbox', search: { view: 'mine', ticket } })
  }
  async function remove(tickets: (string | null)[]) {
    const sure = await ask({
      title: t('practice.removeTitle'),
      hint: t('practice.removeHint'),
      ok: t('practice.remove'),
    })
    if (!sure) return
    const keys = [practiceKey, ['tickets'], ['views']]
    const done = t('practice.removed')
    if (!(await run(removePractice, { keys, done }, 'remove'))) return
    const shown = new URLSearchParams(window.location.search).get('ticket')
    if (tickets.includes(shown)) await navigate({ to: '/inbox', search: { view: 'mine' } })
  }

  return (
    <QueryView query={query} lines={6}>
      {({ items, running }) => (
        <div className={styles.practice}>
          <p className={styles.lead}>{t('practice.lead')}</p>
          {items.length === 0 && <Empty icon={FlaskConical} title={t('practice.empty')} />}
          <ul>
            {items.map((scene) => (
              <li key={scene.id}>
                <div>
                  <strong>
                    {scene.title} {scene.done && <Tag tone="ok">{t('practice.done')}</Tag>}
                  </strong>
                  <small>{scene.about}</small>
                  <small className={styles.quote}>
                    {t('practice.from', { name: scene.customer, subject: scene.subject })}
                  </small>
                </div>
                <Button
                  type={scene.ticket_id ? 'default' : 'primary'}
                  loading={busy === scene.id}
                  disabled={busy !== null}
                  aria-label={t(scene.ticket_id ? 'practice.goOnWith' : 'practice.beginWith', {
                    title: scene.title,
                  })}
                  onClick={() => void open(scene.id)}
                >
                  {t(scene.ticket_id ? 'practice.goOn' : 'practice.begin')}
                </Button>
              </li>
            ))}
          </ul>
          {running > 0 && (
            <Button
              danger
              type="text"
              className={styles.remove}
              loading={busy === 'remove'}
              onClick={() => void remove(items.map((one) => one.ticket_id))}
            >
              {t('practice.removeAll', { count: running })}
            </Button>
          )}
        </div>
      )}
    </QueryView>
  )
}
