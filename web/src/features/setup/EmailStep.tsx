import { useQuery, useQueryClient } from '@tanstack/react-query'
import { ConnectionCheck, InboxForm } from '@/features/admin'
import { carriedBy, channelKindsQuery, inboxesQuery } from '@/shared/api/admin'
import { useTranslation } from '@/shared/i18n'
import { QueryView } from '@/shared/page'
import { Empty } from '@/shared/ui'
import { Next, StepFrame } from './parts'

export function EmailStep({ next }: { next: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const kinds = useQuery(channelKindsQuery)
  const { data: inboxes = [] } = useQuery(inboxesQuery)
  const kind = kinds.data?.find(carriedBy('stream', 'pull'))
  const mailbox = inboxes.find((inbox) => inbox.channel === kind?.id)
  if (mailbox) {
    return (
      <StepFrame id="email" foot={<Next onClick={next} />}>
        <h3>{mailbox.name}</h3>
        <ConnectionCheck inbox={mailbox} />
      </StepFrame>
    )
  }
  return (
    <StepFrame id="email" foot={<Next skip onClick={next} />}>
      <QueryView query={kinds}>
        {() =>
          kind ? (
            <InboxForm
              channel={kind}
              inbox={null}
              suggested={t('setup.email.name')}
              submitText={t('setup.email.connect')}
              saved={() => void client.invalidateQueries({ queryKey: inboxesQuery.queryKey })}
            />
          ) : (
            <Empty title={t('setup.email.none')} />
          )
        }
      </QueryView>
    </StepFrame>
  )
}
