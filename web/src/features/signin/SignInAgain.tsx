import { useQueryClient } from '@tanstack/react-query'
import { Button, Modal } from 'antd'
import { type Me, meQuery } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { reconnectNow } from '@/shared/realtime'
import { useExpired, useMe } from '@/shared/session'
import { SignInForm } from './SignInForm'

/** The session ended while something was being written: signing in again goes on where one was. */
export function SignInAgain() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { agent, workspace } = useMe()
  const end = useExpired((session) => session.set)

  function signedIn(me: Me) {
    // Somebody else at this computer must not find what the first one wrote.
    if (me.agent.id !== agent.id || me.workspace.id !== workspace.id) {
      window.location.assign('/')
      return
    }
    client.setQueryData(meQuery.queryKey, me)
    void client.invalidateQueries()
    reconnectNow()
    end(false)
  }

  return (
    <Modal
      open
      title={t('signIn.expired')}
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={400}
    >
      <p>{t('signIn.nothingLost')}</p>
      <SignInForm email={agent.email} signedIn={signedIn} />
      <Button type="link" block href="/sign-in">
        {t('signIn.startOver')}
      </Button>
    </Modal>
  )
}
