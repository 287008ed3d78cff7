import { Modal, Switch } from 'antd'
import { useTranslation } from '@/shared/i18n'
import { usePreferences } from '@/shared/theme'
import { Kbd } from '@/shared/ui'
import styles from './Shortcuts.module.css'
import { shortcuts } from './shortcuts'

export default function Shortcuts({ close }: { close: () => void }) {
  const { t } = useTranslation()
  const { shortcuts: enabled, set } = usePreferences()
  return (
    <Modal open title={t('shortcuts.title')} onCancel={close} footer={null} width={640}>
      <label className={styles.switch}>
        <Switch
          checked={enabled}
          onChange={(on) => set({ shortcuts: on })}
          aria-label={t('shortcuts.enabled')}
        />
        {t('shortcuts.enabled')}
      </label>
      <div className={styles.groups}>
        {Object.entries(shortcuts).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`shortcuts.${group as keyof typeof shortcuts}`)}</h3>
            <dl>
              {keys.map(({ name, stroke }) => (
                <div key={name}>
                  <dt>{t(`shortcuts.${name}`)}</dt>
                  <dd>
                    <Kbd keys={stroke} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
