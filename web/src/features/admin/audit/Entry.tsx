import { Drawer } from 'antd'
import type { AuditEntry } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { Code, Mono } from '@/shared/page'
import { Time } from '@/shared/ui'
import facts from '../channels/Channels.module.css'
import styles from './Audit.module.css'
import { changesOf } from './changes'
import { ThingLink } from './ThingLink'
import { useWords } from './useWords'

/** One entry with all that it tells, and what seals it. */
export function Entry({ entry, close }: { entry: AuditEntry; close: () => void }) {
  const { t } = useTranslation()
  const words = useWords()
  const { rest } = changesOf(entry.detail)
  return (
    <Drawer
      open
      size={560}
      styles={{ wrapper: { maxWidth: '100vw' } }}
      title={words.action(entry.action)}
      onClose={close}
    >
      <div className={facts.stack}>
        <dl className={facts.facts}>
          <dt>{t('admin.audit.who')}</dt>
          <dd>{words.actor(entry)}</dd>
          <dt>{t('admin.audit.when')}</dt>
          <dd>
            <Time at={entry.at} style="full" />
          </dd>
          <dt>{t('admin.audit.object')}</dt>
          <dd>
            <ThingLink entry={entry} />
          </dd>
          {entry.object.id && (
            <>
              <dt>ID</dt>
              <dd>
                <Mono>{entry.object.id}</Mono>
              </dd>
            </>
          )}
          {entry.ip && (
            <>
              <dt>{t('admin.audit.ip')}</dt>
              <dd>
                <Mono>{entry.ip}</Mono>
              </dd>
            </>
          )}
        </dl>
        <Changes entry={entry} />
        {Object.keys(rest).length > 0 && (
          <Code label={t('admin.audit.detail')}>{JSON.stringify(rest, null, 2)}</Code>
        )}
        <div className={styles.hash}>
          <span>{t('admin.audit.hash')}</span>
          <Mono>{entry.hash}</Mono>
        </div>
      </div>
    </Drawer>
  )
}

function Changes({ entry }: { entry: AuditEntry }) {
  const { t } = useTranslation()
  const words = useWords()
  const { changes } = changesOf(entry.detail)
  if (changes.length === 0) return null
  return (
    <table className={styles.changes}>
      <caption className="sr-only">{t('admin.audit.changes')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('admin.audit.field')}</th>
          <th scope="col">{t('admin.audit.before')}</th>
          <th scope="col">{t('admin.audit.after')}</th>
        </tr>
      </thead>
      <tbody>
        {changes.map(({ field, before, after }) => (
          <tr key={field}>
            <th scope="row">{words.field(field)}</th>
            <td>{words.value(field, before)}</td>
            <td>{words.value(field, after)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
