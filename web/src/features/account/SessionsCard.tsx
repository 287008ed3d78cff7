import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from 'antd'
import { endOtherSessions, endSession, type Session, sessionsQuery } from '@/shared/api/account'
import { useTranslation } from '@/shared/i18n'
import { Card, QueryView, Small, Table, useAction } from '@/shared/page'
import { Tag, Time } from '@/shared/ui'
import { browserOf } from './browser'

export function SessionsCard() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(sessionsQuery)
  const { run, busy } = useAction()

  async function end(session: Session) {
    const key = sessionsQuery.queryKey
    const before = client.getQueryData(key)
    client.setQueryData(key, (old) => old?.filter(({ id }) => id !== session.id))
    const gone = await run(
      () => endSession(session.id).then(() => true),
      { done: t('account.ended') },
      session.id,
    )
    if (!gone) client.setQueryData(key, before)
  }
  return (
    <Card
      title={t('account.sessions')}
      hint={t('account.sessionsHint')}
      flush
      actions={
        (query.data?.length ?? 0) > 1 && (
          <Button
            size="small"
            loading={busy === 'others'}
            onClick={() =>
              void run(
                endOtherSessions,
                { done: t('account.endedOthers'), keys: [sessionsQuery.queryKey] },
                'others',
              )
            }
          >
            {t('account.endOthers')}
          </Button>
        )
      }
    >
      <QueryView query={query} lines={3}>
        {(sessions) => (
          <Table
            bare
            label={t('account.sessions')}
            rows={sessions}
            keyOf={(session) => session.id}
            columns={[
              {
                key: 'browser',
                title: t('account.browser'),
                cell: (session) => (
                  <>
                    <strong>{browserOf(session.user_agent)}</strong>{' '}
                    {session.current && <Tag tone="ok">{t('account.here')}</Tag>}
                    <Small>{session.ip}</Small>
                  </>
                ),
              },
              {
                key: 'seen',
                title: t('account.seen'),
                width: 130,
                cell: (session) => <Time at={session.last_seen_at} />,
              },
              {
                key: 'actions',
                title: t('kit.actions'),
                quiet: true,
                width: 100,
                end: true,
                cell: (session) =>
                  session.current ? (
                    ''
                  ) : (
                    <Button
                      type="text"
                      danger
                      size="small"
                      loading={busy === session.id}
                      onClick={() => void end(session)}
                    >
                      {t('account.end')}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </QueryView>
    </Card>
  )
}
