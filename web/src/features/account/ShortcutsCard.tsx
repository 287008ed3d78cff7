import { Button, Select } from 'antd'
import { Keyboard } from 'lucide-react'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { Card, SwitchField } from '@/shared/page'
import { usePreferences } from '@/shared/theme'
import styles from './account.module.css'

/** How the desk behaves on this device. */
export function ShortcutsCard() {
  const { t } = useTranslation()
  const { shortcuts, afterResolve, set } = usePreferences()
  const show = useOverlay((state) => state.show)
  return (
    <Card title={t('account.desk')} hint={t('account.deskHint')}>
      <div className={styles.choices}>
        <SwitchField
          label={t('shortcuts.enabled')}
          hint={t('account.shortcutsHint')}
          checked={shortcuts}
          onChange={(on) => set({ shortcuts: on })}
        />
        <label className={styles.field}>
          {t('account.afterResolve')}
          <Select
            aria-label={t('account.afterResolve')}
            value={afterResolve}
            onChange={(value) => set({ afterResolve: value })}
            options={(['next', 'list', 'stay'] as const).map((value) => ({
              value,
              label: t(`account.after.${value}`),
            }))}
          />
        </label>
        <span>
          <Button icon={<Keyboard size={15} />} onClick={() => show('shortcuts')}>
            {t('account.showShortcuts')}
          </Button>
        </span>
      </div>
    </Card>
  )
}
