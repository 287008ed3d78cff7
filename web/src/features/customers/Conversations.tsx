import { Segmented } from 'antd'
import { useState } from 'react'
import type { Id } from '@/shared/api'
import { useTranslation } from '@/shared/i18n'
import { Card } from '@/shared/page'
import { AllMessages } from './AllMessages'
import { Timeline } from './Timeline'

/** What was said with a customer: ticket by ticket, or message by message over all channels. */
export function Conversations({ contactId }: { contactId: Id }) {
  const { t } = useTranslation()
  const [way, setWay] = useState<'tickets' | 'messages'>('tickets')
  return (
    <Card title={t('people.conversations')} hint={t('people.conversationsHint')} flush>
      <div style={{ padding: '0 14px 10px' }}>
        <Segmented
          aria-label={t('people.conversations')}
          value={way}
          onChange={setWay}
          options={[
            { value: 'tickets', label: t('people.byTicket') },
            { value: 'messages', label: t('people.byMessage') },
          ]}
        />
      </div>
      {way === 'tickets' ? (
        <Timeline contactId={contactId} />
      ) : (
        <AllMessages contactId={contactId} />
      )}
    </Card>
  )
}
