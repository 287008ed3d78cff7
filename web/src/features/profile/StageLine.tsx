import { Select } from 'antd'
import { type CustomerProfile, changeProfile } from '@/shared/api/profile'
import { useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { Tag, type Tone } from '@/shared/ui'
import styles from './profile.module.css'
import { useStageName } from './useStageName'

const tones: Record<string, Tone> = {
  new: 'info',
  active: 'ok',
  at_risk: 'danger',
  loyal: 'violet',
  dormant: 'neutral',
}
const rules = ''

/** Where the customer stands, why, and setting it by hand. */
export function StageLine({ profile }: { profile: CustomerProfile }) {
  const { t } = useTranslation()
  const name = useStageName()
  const { run, busy } = useAction()
  const { stage, stages, contact_id: id } = profile
  return (
    <div className={styles.stage}>
      <span className={styles.label}>{t('profile.stage')}</span>
      {profile.editable ? (
        <Select
          size="small"
          aria-label={t('profile.setStage')}
          value={profile.stage_by === 'agent' ? stage : rules}
          loading={busy !== null}
          popupMatchSelectWidth={false}
          options={[
            {
              value: rules,
              label:
                profile.stage_by === 'agent'
                  ? t('profile.byRules')
                  : `${stage ? name(stage) : t('profile.noStage')}`,
            },
            ...stages.map((value) => ({ value, label: `${name(value)} · ${t('profile.byHand')}` })),
          ]}
          onChange={(value: string | null) =>
            void run(() => changeProfile(id, { stage: value || null }), {
              keys: [['contact', id, 'profile']],
            })
          }
        />
      ) : (
        <Tag tone={tones[stage ?? ''] ?? 'neutral'}>
          {stage ? name(stage) : t('profile.noStage')}
        </Tag>
      )}
      {stage && <small>{why()}</small>}
    </div>
  )

  function why() {
    if (profile.stage_by === 'agent') return t('profile.byHand')
    if (profile.reasons.length === 0) return t('profile.fallback')
    return profile.reasons
      .map((one) => `${t(`profile.metrics.${one.metric}`)}: ${one.figure}`)
      .join(' · ')
  }
}
