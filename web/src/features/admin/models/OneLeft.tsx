import { useQuery } from '@tanstack/react-query'
import { Drawer, Tag } from 'antd'
import { type Left, oneLeftQuery } from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import { QueryView } from '@/shared/page'
import styles from './models.module.css'

/** Word for word what left, and what came back. */
export function OneLeft({ left, close }: { left: Left; close: () => void }) {
  const { t } = useTranslation()
  const query = useQuery(oneLeftQuery(left.id))
  return (
    <Drawer
      open
      title={t('models.word')}
      size={620}
      onClose={close}
      styles={{ wrapper: { maxWidth: '100vw' } }}
    >
      <QueryView query={query} lines={8}>
        {(whole) => (
          <>
            <p className={styles.tags}>
              {Object.entries(whole.hidden).map(([kind, count]) => (
                <Tag key={kind}>
                  {t(`models.kinds.${kind}` as 'models.kinds.PHONE', { defaultValue: kind })} ×{' '}
                  {count}
                </Tag>
              ))}
            </p>
            {whole.detail && <p className={styles.detail}>{whole.detail}</p>}
            {whole.said?.map(({ role, content }) => (
              <section key={role + content.slice(0, 40)}>
                <h3 className={styles.role}>
                  {t(`models.roles.${role}` as 'models.roles.user', { defaultValue: role })}
                </h3>
                <pre className={styles.words}>{content}</pre>
              </section>
            ))}
            <h3 className={styles.role}>{t('models.roles.answer')}</h3>
            <pre className={styles.words}>{whole.answer || '—'}</pre>
          </>
        )}
      </QueryView>
    </Drawer>
  )
}
