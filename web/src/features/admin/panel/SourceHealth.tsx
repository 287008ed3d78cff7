import type { PanelSource } from '@/shared/api/panel'
import { useTranslation } from '@/shared/i18n'
import parts from '../parts/parts.module.css'

const tones = { ok: 'ok', unknown: 'neutral', failing: 'warn', resting: 'danger' } as const

export function SourceHealth({ source }: { source: PanelSource }) {
  const { t } = useTranslation()
  const { state } = source.health
  return (
    <span className={parts.health} data-tone={source.active ? tones[state] : 'neutral'}>
      <i aria-hidden="true" />
      {source.active ? t(`panelEdit.states.${state}`) : t('panelEdit.off')}
    </span>
  )
}
