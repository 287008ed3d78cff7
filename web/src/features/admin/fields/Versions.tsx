import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { type FormLayout, formVersionsQuery, restoreForm } from '@/shared/api/fields'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Time } from '@/shared/ui'
import styles from './fields.module.css'

/** Earlier versions of a form; going back to one makes a new one. */
export function Versions({ layout, close }: { layout: FormLayout; close: () => void }) {
  const { t } = useTranslation()
  const { data: versions = [] } = useQuery(formVersionsQuery(layout.id))
  const { run, busy } = useAction()
  const earlier = versions.filter(({ version }) => version !== layout.version)
  if (earlier.length === 0) return null
  return (
    <section className={styles.block} aria-label={t('fields.forms.versions')}>
      <h3>{t('fields.forms.versions')}</h3>
      {earlier.map(({ version, at, actor }) => (
        <div key={version} className={styles.line}>
          <span>
            {t('fields.forms.version', { version })} · {actor.name} · <Time at={at} />
          </span>
          <Button
            size="small"
            loading={busy === String(version)}
            onClick={() =>
              void run(
                () => restoreForm(layout.id, version),
                { keys: [['forms'], ['form'], ['form-versions']] },
                String(version),
              ).then((done) => done && close())
            }
          >
            {t('fields.forms.restore')}
          </Button>
        </div>
      ))}
    </section>
  )
}
