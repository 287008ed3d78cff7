import type { Signal } from '@/shared/api/understanding'
import { useLocale, useTranslation } from '@/shared/i18n'
import styles from './understanding.module.css'
import { percent, wordOf } from './wording'

/** Why it says so: the customer's words, what else it may be, and who says it. */
export function Why({ signal }: { signal: Signal }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { head, by, model, evidence, others, confidence } = signal
  const counted = head === 'complexity'
  const earlier = evidence.some(({ kind }) => kind === 'earlier')
  return (
    <div className={styles.why}>
      <p>
        {by === 'agent'
          ? t('signals.why.agent')
          : model === 'rules'
            ? t('signals.why.rules')
            : t('signals.why.model', {
                share: percent(confidence, locale),
                model: model.startsWith('shipped') ? t('signals.why.shipped') : model,
              })}
      </p>
      {evidence.length > 0 && (
        <>
          <strong>{t(`signals.why.${counted ? 'counted' : earlier ? 'earlier' : 'words'}`)}</strong>
          <ul>
            {evidence.map(({ text, kind }) => (
              <li key={kind + text}>
                {counted
                  ? `${t(`signals.parts.${kind}` as 'signals.parts.length', { defaultValue: kind })}: ${text}`
                  : `“${text}”`}
              </li>
            ))}
          </ul>
        </>
      )}
      {by !== 'agent' && others.length > 0 && (
        <>
          <strong>{t('signals.why.others')}</strong>
          <ul>
            {others.slice(0, 4).map((one) => (
              <li key={one.label}>
                {wordOf(t, locale, head, { label: one.label, title: one.title ?? {} })}{' '}
                {percent(one.p, locale)}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  )
}
