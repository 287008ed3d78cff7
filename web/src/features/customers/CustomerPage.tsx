import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { Merge, SquarePen } from 'lucide-react'
import { Suspense, useState } from 'react'
import { ProfileSection } from '@/features/profile'
import type { Id } from '@/shared/api'
import { type ContactDetail, contactDetailQuery } from '@/shared/api/customers'
import { useTranslation } from '@/shared/i18n'
import { useOverlay } from '@/shared/overlay'
import { Card, Guard, Page, QueryView } from '@/shared/page'
import { useCan } from '@/shared/session'
import { ConfirmBar, Skeleton, Tag } from '@/shared/ui'
import { Conversations } from './Conversations'
import { CustomerFields } from './CustomFields'
import styles from './customers.module.css'
import { Identities } from './Identities'
import { MergePanel } from './MergePanel'
import { Profile } from './Profile'
import { Suggestions } from './Suggestions'

export function CustomerPage({ id }: { id: Id }) {
  const query = useQuery(contactDetailQuery(id))
  return (
    <Guard permission="contact:read">
      <QueryView query={query} lines={10}>
        {(contact) => <Customer key={contact.id} contact={contact} />}
      </QueryView>
    </Guard>
  )
}

function Customer({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation()
  const mayEdit = useCan('contact:edit')
  const mayMerge = useCan('contact:merge')
  const mayCreate = useCan('ticket:create')
  const show = useOverlay((state) => state.show)
  const [merging, setMerging] = useState(false)
  return (
    <Page
      title={
        <>
          {contact.name || t('people.unnamed')}
          {contact.vip && <Tag tone="violet">{t('customer.vip')}</Tag>}
          {contact.blocked && <Tag tone="danger">{t('customer.blocked')}</Tag>}
        </>
      }
      name={contact.name}
      back={(look) => <Link to="/customers" {...look} />}
      backText={t('people.title')}
      width="wide"
      actions={
        <>
          {mayMerge && (
            <Button icon={<Merge size={15} />} onClick={() => setMerging(true)}>
              {t('people.merge')}
            </Button>
          )}
          {mayCreate && (
            <Button icon={<SquarePen size={15} />} onClick={() => show('new-ticket')}>
              {t('nav.newTicket')}
            </Button>
          )}
        </>
      }
    >
      {contact.blocked && (
        <div style={{ marginBottom: 14 }}>
          <ConfirmBar tone="danger" title={t('people.blockedTitle')} hint={t('people.blockedHint')}>
            {null}
          </ConfirmBar>
        </div>
      )}
      <div className={styles.layout}>
        <div>
          <Card>
            <Profile contact={contact} mayEdit={mayEdit} />
          </Card>
          <Card>
            <Suspense fallback={<Skeleton lines={3} />}>
              <ProfileSection contactId={contact.id} />
            </Suspense>
          </Card>
          <CustomerFields contact={contact} mayEdit={mayEdit} />
          <Identities contact={contact} mayEdit={mayEdit} />
          {mayMerge && <Suggestions contact={contact} />}
        </div>
        <Conversations contactId={contact.id} />
      </div>
      {merging && <MergePanel contact={contact} close={() => setMerging(false)} />}
    </Page>
  )
}
