import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { tryLexicon } from '@/shared/api/understanding'
import { useTranslation } from '@/shared/i18n'
import { ErrorState, Tag } from '@/shared/ui'
import styles from './settings.module.css'

/** What the words find in a text; nothing is kept. */
export function LexiconAttempt() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const attempt = useMutation({ mutationFn: () => tryLexicon({ text }) })
  return (
    <form
      className={styles.attempt}
      onSubmit={(event) => {
        event.preventDefault()
        if (text.trim()) attempt.mutate()
      }}
    >
      <Input
        maxLength={4000}
        aria-label={t('signals.settings.tryText')}
        placeholder={t('signals.settings.tryText')}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit" loading={attempt.isPending} disabled={!text.trim()}>
        {t('signals.settings.try')}
      </Button>
      <div role="status" className={styles.found}>
        {attempt.error && <ErrorState error={attempt.error} />}
        {attempt.data &&
          (attempt.data.items.length === 0 ? (
            <p className={styles.hint}>{t('signals.settings.foundNone')}</p>
          ) : (
            attempt.data.items.map((hit) => (
              <Tag key={hit.text + hit.category} tone={hit.weight >= 0.5 ? 'danger' : 'neutral'}>
                {hit.text} ·{' '}
                {t(
                  `signals.settings.categories.${hit.category}` as 'signals.settings.categories.legal',
                )}
              </Tag>
            ))
          ))}
      </div>
    </form>
  )
}
