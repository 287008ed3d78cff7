import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { MessageCircle } from 'lucide-react'
import { brandsQuery, carriedBy, channelKindsQuery, inboxesQuery, keep } from '@/shared/api/admin'
import { useLocale, useTranslation } from '@/shared/i18n'
import { CopyBox, useAction } from '@/shared/page'
import { Next, StepFrame } from './parts'
import styles from './setup.module.css'

const inboxes = keep('inboxes')

export function ChatStep({ next }: { next: () => void }) {
  const { t } = useTranslation()
  const locale = useLocale()
  const { data: brands = [] } = useQuery(brandsQuery)
  const { data: inboxList = [] } = useQuery(inboxesQuery)
  const { data: kinds = [] } = useQuery(channelKindsQuery)
  const { run, busy } = useAction()
  const kind = kinds.find(carriedBy('socket'))
  const chat = inboxList.find((inbox) => inbox.channel === kind?.id)
  const brand = brands[0]

  if (!chat) {
    return (
      <StepFrame id="chat" foot={<Next skip onClick={next} />}>
        <Button
          type="primary"
          size="large"
          icon={<MessageCircle size={17} />}
          loading={busy !== null}
          disabled={!brand || !kind}
          onClick={() =>
            void run(
              () =>
                inboxes.create({
                  name: t('setup.chat.name'),
                  channel: kind?.id ?? '',
                  brand_id: brand?.id ?? '',
                  settings: {},
                  active: true,
                }),
              { keys: [inboxesQuery.queryKey] },
            )
          }
        >
          {t('setup.chat.create')}
        </Button>
      </StepFrame>
    )
  }
  const { snippet } = chat.embed
  const preview = new URLSearchParams({ key: chat.embed.key ?? '', locale })
  return (
    <StepFrame id="chat" foot={<Next onClick={next} />}>
      <h3>{t('setup.chat.snippet')}</h3>
      {snippet && <CopyBox text={snippet} />}
      <h3 className={styles.gap}>{t('setup.chat.preview')}</h3>
      <iframe
        className={styles.preview}
        title={t('setup.chat.preview')}
        src={`/chat-preview.html?${preview}`}
      />
      <p className={styles.hint}>{t('setup.chat.previewHint')}</p>
    </StepFrame>
  )
}
