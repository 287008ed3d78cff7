import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import type { Id } from '@/shared/api'
import { changeProfile, eraseProfile, profileQuery } from '@/shared/api/profile'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { ErrorState, Skeleton } from '@/shared/ui'
import { AddFact } from './AddFact'
import { Fact } from './Fact'
import styles from './profile.module.css'
import { StageLine } from './StageLine'

interface Props {
  contactId: Id
  version?: number
}

/** Facts with the words they come from, and the stage with its reason. */
export function ProfileSection({ contactId, version }: Props) {
  const { t } = useTranslation()
  const { run, busy } = useAction()
  const { modal } = App.useApp()
  const { data, error, refetch } = useQuery(profileQuery(contactId, version))
  const keys = [['contact', contactId, 'profile']]
  if (error && !data) return <ErrorState error={error} retry={refetch} />
  if (!data) return <Skeleton lines={3} />
  return (
    <section className={styles.profile} aria-label={t('profile.title')}>
      <h3>{t('profile.title')}</h3>
      <StageLine profile={data} />
      {data.facts.length > 0 ? (
        <ul className={styles.facts}>
          {data.facts.map((fact) => (
            <Fact key={fact.id} contactId={contactId} fact={fact} editable={data.editable} />
          ))}
        </ul>
      ) : (
        data.collect && (
          <p className={styles.soft}>
            {t('profile.empty')}. {t('profile.emptyHint')}
          </p>
        )
      )}
      {!data.collect && (
        <p className={styles.soft}>
          {t('profile.off')}{' '}
          {data.editable && (
            <Button
              type="link"
              size="small"
              loading={busy !== null}
              onClick={() => void run(() => changeProfile(contactId, { collect: true }), { keys })}
            >
              {t('profile.resume')}
            </Button>
          )}
        </p>
      )}
      {data.editable && (
        <div className={styles.foot}>
          <AddFact contactId={contactId} />
          {data.collect && (
            <Button type="text" size="small" onClick={erase}>
              {t('profile.erase')}
            </Button>
          )}
        </div>
      )}
    </section>
  )

  function erase() {
    modal.confirm({
      title: t('profile.eraseTitle'),
      content: t('profile.eraseHint'),
      okText: t('profile.eraseYes'),
      okButtonProps: { danger: true },
      onOk: () => run(() => eraseProfile(contactId), { keys }),
    })
  }
}
