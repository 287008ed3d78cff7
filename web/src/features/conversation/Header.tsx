import { Link } from '@tanstack/react-router'
import { App, Button, Dropdown } from 'antd'
import {
  ArrowLeft,
  CircleCheck,
  Clock,
  Ellipsis,
  Link2,
  Link as LinkIcon,
  Merge,
  PanelRight,
  Split,
  UserPlus,
} from 'lucide-react'
import { memo, useState } from 'react'
import { RelationDialogs, useAsked } from '@/features/relations'
import { type OpenMenu, SnoozeMenu, StatusMenu, type TicketActions } from '@/features/ticket'
import type { Ticket, Viewer } from '@/shared/api'
import { composing } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import { useScreenCommands } from '@/shared/overlay'
import { useCan, useMyId } from '@/shared/session'
import { ChannelIcon, Due, IconButton, Tag, TextField, Time } from '@/shared/ui'
import styles from './Conversation.module.css'
import type { Finish } from './useFinish'
import { Viewers } from './Viewers'

interface Props {
  ticket: Ticket
  actions: TicketActions
  menu: OpenMenu
  viewers: Viewer[]
  readOnly: boolean
  panelOpen: boolean
  togglePanel: () => void
  back: () => void
  finish: Finish
}

export const Header = memo(function Header(props: Props) {
  const { ticket, actions, menu, viewers, readOnly, panelOpen, togglePanel, back, finish } = props
  const { t } = useTranslation()
  const me = useMyId()
  const mayEdit = useCan('ticket:edit', ticket) && !readOnly
  const mayAssign = useCan('ticket:assign', ticket) && !readOnly
  const mayResolve = mayEdit && ticket.allowed_statuses.includes('resolved')
  return (
    <header className={styles.header}>
      <span className={styles.backButton}>
        <IconButton icon={ArrowLeft} label={t('common.back')} keys="u" onClick={back} />
      </span>
      <div className={styles.title}>
        <Subject ticket={ticket} actions={actions} editable={mayEdit} />
        <p className={styles.under}>
          <span>#{ticket.number}</span>
          <ChannelIcon channel={ticket.channel} size={12} />
          <span className="truncate">{ticket.requester.name || t('list.noRequester')}</span>
          {ticket.merged_into && (
            <Link to="/inbox" search={{ view: 'all', ticket: ticket.merged_into.id }}>
              {t('ticket.mergedInto', { number: ticket.merged_into.number })}
            </Link>
          )}
          {ticket.promise && !readOnly && <Due promise={ticket.promise} />}
          {ticket.snoozed_until && (
            <Tag tone="violet">
              <Clock size={11} aria-hidden="true" /> <Time at={ticket.snoozed_until} />
            </Tag>
          )}
        </p>
      </div>
      <Viewers viewers={viewers} ticket={ticket} />
      <div className={styles.actions}>
        {!panelOpen && (
          <StatusMenu
            ticket={ticket}
            disabled={!mayEdit}
            onChange={(status) => void actions.patch({ status })}
          />
        )}
        {mayAssign && ticket.assignee_id !== me && (
          <Button
            className={styles.wide}
            icon={<UserPlus size={14} />}
            onClick={() => void actions.take()}
            aria-keyshortcuts="i"
          >
            {t('ticket.take')}
          </Button>
        )}
        {mayEdit && (
          <SnoozeMenu
            ticket={ticket}
            onChange={(until) => finish({ snoozed_until: until })}
            {...menu.bind('snooze')}
          >
            <span>
              <IconButton icon={Clock} label={t('snooze.title')} keys="h" />
            </span>
          </SnoozeMenu>
        )}
        {mayResolve && (
          <Button
            icon={<CircleCheck size={14} />}
            onClick={() => finish({ status: 'resolved' })}
            aria-label={t('ticket.resolve')}
            aria-keyshortcuts="e"
          >
            <span className={styles.resolveText}>{t('ticket.resolve')}</span>
          </Button>
        )}
        <More ticket={ticket} editable={mayEdit} />
        <RelationDialogs ticket={ticket} />
        <IconButton
          icon={PanelRight}
          label={panelOpen ? t('ticket.closePanel') : t('ticket.openPanel')}
          keys="]"
          pressed={panelOpen}
          onClick={togglePanel}
        />
      </div>
    </header>
  )
})

function Subject({
  ticket,
  actions,
  editable,
}: {
  ticket: Ticket
  actions: TicketActions
  editable: boolean
}) {
  const { t } = useTranslation()
  const [text, setText] = useState<string | null>(null)
  const save = () => {
    const subject = text?.trim()
    setText(null)
    if (subject && subject !== ticket.subject) void actions.patch({ subject })
  }
  if (text !== null) {
    return (
      <TextField
        autoFocus
        aria-label={t('ticket.subject')}
        value={text}
        maxLength={500}
        onChange={setText}
        onBlur={save}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !composing(event)) save()
          if (event.key === 'Escape') setText(null)
        }}
      />
    )
  }
  return (
    <h1 className={styles.subject} title={ticket.subject}>
      {editable ? (
        <button
          type="button"
          title={t('ticket.editSubject')}
          onClick={() => setText(ticket.subject)}
        >
          {ticket.subject || t('list.noSubject')}
        </button>
      ) : (
        <span>{ticket.subject || t('list.noSubject')}</span>
      )}
    </h1>
  )
}

function More({ ticket, editable }: { ticket: Ticket; editable: boolean }) {
  const { t } = useTranslation()
  const ask = useAsked((state) => state.ask)
  const mayCreate = useCan('ticket:create')
  const joins = [
    { key: 'merge', icon: <Merge size={14} />, label: t('ticket.merge') },
    { key: 'split', icon: <Split size={14} />, label: t('ticket.split') },
    { key: 'link', icon: <Link2 size={14} />, label: t('ticket.link') },
  ] as const
  const shown = editable ? joins.filter(({ key }) => key !== 'split' || mayCreate) : []
  useScreenCommands(
    t('ticket.moreActions'),
    shown.map(({ key, label }) => ({ id: key, name: label, run: () => ask(key) })),
  )
  const { message } = App.useApp()
  async function copy() {
    await navigator.clipboard.writeText(
      `${window.location.origin}/inbox?view=all&ticket=${ticket.id}`,
    )
    message.success(t('ticket.linkCopied'))
  }
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: [
          {
            key: 'link',
            icon: <LinkIcon size={14} />,
            label: t('ticket.copyLink'),
            onClick: () => void copy(),
          },
          ...shown.map((item) => ({ ...item, onClick: () => ask(item.key) })),
        ],
      }}
    >
      <span>
        <IconButton icon={Ellipsis} label={t('ticket.moreActions')} />
      </span>
    </Dropdown>
  )
}
