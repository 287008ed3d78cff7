import { useMutation } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { hideText } from '@/shared/api/copilot'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { ErrorState } from '@/shared/ui'
import styles from './models.module.css'

/** What would leave of a text. Nothing is sent, nothing is kept. */
export function TryHiding() {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const hide = useMutation({ mutationFn: hideText })
  return (
    <Card title={t('models.try')} hint={t('models.tryHint')}>
      <div className={styles.stack}>
        <Input.TextArea
          aria-label={t('models.try')}
          value={text}
          rows={4}
          maxLength={20_000}
          placeholder={t('models.tryExample')}
          onChange={(event) => setText(event.target.value)}
        />
        <div>
          <Button
            loading={hide.isPending}
            disabled={text.trim() === ''}
            onClick={() => hide.mutate(text)}
          >
            {t('models.tryIt')}
          </Button>
        </div>
        <div aria-live="polite">
          {hide.error ? (
            <ErrorState error={hide.error} retry={() => hide.mutate(text)} />
          ) : (
            hide.data && <pre className={styles.words}>{hide.data.text}</pre>
          )}
        </div>
      </div>
    </Card>
  )
}
