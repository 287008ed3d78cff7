import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { wordOf } from '@/features/fields'
import {
  type Layout,
  type LayoutDifference,
  layoutVersionsQuery,
  restoreLayout,
} from '@/shared/api/layouts'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Tag, Time } from '@/shared/ui'
import { layoutKeys } from './keys'
import styles from './layouts.module.css'
import { useNames } from './useNames'

/** Who saved what when, what became other, and the way back. */
export function LayoutVersions({ layout, close }: { layout: Layout; close: () => void }) {
  const { t } = useTranslation()
  const { data: versions = [] } = useQuery(layoutVersionsQuery(layout.id))
  const { run, busy } = useAction()
  const read = useDifference()
  async function restore(version: number) {
    const back = await run(
      () => restoreLayout(layout.id, version),
      { keys: layoutKeys, done: t('layouts.restored', { version: layout.version + 1 }) },
      String(version),
    )
    if (back) close()
  }
  if (versions.length === 0) return null
  return (
    <section className={styles.versions} aria-label={t('layouts.versions')}>
      <h3>{t('layouts.versions')}</h3>
      <ol>
        {versions.map((one) => (
          <li key={one.version}>
            <div>
              <strong>{t('layouts.version', { version: one.version })}</strong>{' '}
              {one.actor.kind === 'system' ? t('common.system') : one.actor.name} ·{' '}
              <Time at={one.at} />{' '}
              {one.version === layout.published && <Tag tone="ok">{t('layouts.isPublished')}</Tag>}
              {one.published_at && one.version !== layout.published && (
                <Tag>{t('layouts.wasPublished')}</Tag>
              )}
              {one.restored_from && (
                <Tag>{t('layouts.restoredFrom', { version: one.restored_from })}</Tag>
              )}
              <p>{one.differences.map(read).join(t('layouts.comma'))}</p>
            </div>
            {one.version !== layout.version && (
              <Button
                size="small"
                aria-label={`${t('layouts.restore')}: ${t('layouts.version', { version: one.version })}`}
                loading={busy === String(one.version)}
                onClick={() => void restore(one.version)}
              >
                {t('layouts.restore')}
              </Button>
            )}
          </li>
        ))}
      </ol>
    </section>
  )
}

function useDifference() {
  const { t } = useTranslation()
  const locale = useLocale()
  const names = useNames()
  return ({ what, item, group }: LayoutDifference) =>
    t(`layouts.differences.${what}`, {
      name: item ? names.item(item) : wordOf(group ?? undefined, locale) || t('layouts.untitled'),
    })
}
