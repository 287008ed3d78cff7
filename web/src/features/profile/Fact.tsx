import { Link } from '@tanstack/react-router'
import { App, Input } from 'antd'
import { Pencil, X } from 'lucide-react'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { type CustomerFact, correctFact, removeFact } from '@/shared/api/profile'
import { languageName } from '@/shared/format/languages'
import { composing } from '@/shared/hotkeys'
import { useLocale, useTranslation } from '@/shared/i18n'
import { useAction } from '@/shared/page'
import { IconButton, Time } from '@/shared/ui'
import styles from './profile.module.css'

interface Props {
  contactId: Id
  fact: CustomerFact
  editable: boolean
}

/** One thing that is known; opened it says from where. */
export function Fact({ contactId, fact, editable }: Props) {
  const { t } = useTranslation()
  const shown = useShown()
  const { run, busy } = useAction()
  const { message } = App.useApp()
  const [typed, setTyped] = useState<string | null>(null)
  const name = t(`profile.keys.${fact.key}`)
  const keys = [['contact', contactId, 'profile']]
  const save = async () => {
    if (typed === null) return
    const value = typed.trim()
    setTyped(null)
    if (value && value !== fact.value) {
      await run(() => correctFact(contactId, fact.id, value), { keys, done: t('common.saved') })
    }
  }
  const remove = async () => {
    await run(() => removeFact(contactId, fact.id), { keys })
    message.info(t('profile.removed'))
  }
  return (
    <li className={styles.fact}>
      <span className={styles.label}>{name}</span>
      {typed === null ? (
        <details>
          <summary>{shown(fact.key, fact.value)}</summary>
          <Source fact={fact} shown={shown} />
        </details>
      ) : (
        <Input
          size="small"
          autoFocus
          aria-label={t('profile.correct', { name })}
          maxLength={200}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onBlur={() => void save()}
          onKeyDown={(event) => {
            if (composing(event.nativeEvent)) return
            if (event.key === 'Enter') void save()
            if (event.key === 'Escape') setTyped(null)
          }}
        />
      )}
      {editable && typed === null && (
        <span className={styles.tools}>
          <IconButton
            icon={Pencil}
            label={t('profile.correct', { name })}
            onClick={() => setTyped(fact.value)}
          />
          <IconButton
            icon={X}
            label={t('profile.remove', { name })}
            disabled={busy !== null}
            onClick={() => void remove()}
          />
        </span>
      )}
    </li>
  )
}

function useShown() {
  const { t } = useTranslation()
  const locale = useLocale()
  return (key: CustomerFact['key'], value: string) => {
    if (key === 'language') return languageName(value, locale)
    return key === 'calls' && value === 'no' ? t('profile.noCalls') : value
  }
}

function Source({ fact, shown }: { fact: CustomerFact; shown: ReturnType<typeof useShown> }) {
  const { t } = useTranslation()
  return (
    <div className={styles.source}>
      {fact.source?.quote && <blockquote>{fact.source.quote}</blockquote>}
      <p>
        {fact.by === 'agent'
          ? t('profile.agentSays')
          : `${t('profile.sure', { percent: Math.round(fact.confidence * 100) })} · ${t('profile.times', { count: fact.times })}`}
        {' · '}
        <Time at={fact.last_at} />
      </p>
      {fact.source && (
        <Link
          to="/inbox"
          search={(old) => ({ ...old, view: 'all', ticket: fact.source?.ticket_id })}
        >
          {t('profile.source', { number: fact.source.ticket_number })}
        </Link>
      )}
      {fact.before.length > 0 && (
        <p>
          {t('profile.before')}:{' '}
          {fact.before.map((one) => (
            <span key={one.id} className={styles.former} data-gone={one.gone}>
              {shown(fact.key, one.value)}
              {one.gone && ` (${t('profile.gone')})`}
            </span>
          ))}
        </p>
      )}
    </div>
  )
}
