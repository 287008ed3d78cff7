import { startWriting } from '@/features/reply'
import type { MenuName, OpenMenu, TicketActions } from '@/features/ticket'
import type { Ticket } from '@/shared/api'
import { useHotkeys } from '@/shared/hotkeys'
import { useTranslation } from '@/shared/i18n'
import { type Command, useScreenCommands } from '@/shared/overlay'
import type { Finish } from './useFinish'

interface Options {
  ticket: Ticket | undefined
  actions: TicketActions
  menu: OpenMenu
  finish: Finish
  togglePanel: () => void
  showPanel: () => void
  back: () => void
}

/** One list of commands: keys run them, and the palette offers them with their keys. */
export function useTicketKeys(options: Options) {
  const { t } = useTranslation()
  const commands = useCommandList(options)
  useScreenCommands(t('palette.actions'), commands)
  useHotkeys(
    Object.fromEntries(
      commands.map(({ keys = '', run }) => [
        keys,
        (event: KeyboardEvent) => {
          event.preventDefault()
          run()
        },
      ]),
    ),
    { enabled: commands.length > 0 },
  )
}

function useCommandList({
  ticket,
  actions,
  menu,
  finish,
  togglePanel,
  showPanel,
  back,
}: Options): Command[] {
  const { t } = useTranslation()
  if (!ticket) return []
  const may = (permission: string) => ticket.abilities.includes(permission)
  const open = (name: MenuName) => () => {
    if (name !== 'snooze') showPanel()
    menu.open(name)
  }
  const all: [allowed: boolean, name: Parameters<typeof t>[0], keys: string, run: () => void][] = [
    [may('ticket:reply'), 'shortcuts.reply', 'r', () => startWriting(ticket.id, 'public')],
    [may('ticket:note'), 'shortcuts.note', 'n', () => startWriting(ticket.id, 'internal')],
    [may('ticket:assign'), 'shortcuts.assign', 'a', open('assign')],
    [may('ticket:assign'), 'shortcuts.take', 'i', () => void actions.take()],
    [may('ticket:edit'), 'shortcuts.status', 's', open('status')],
    [may('ticket:edit'), 'shortcuts.priority', 'p', open('priority')],
    [may('ticket:edit'), 'shortcuts.tags', 't', open('tags')],
    [may('ticket:edit'), 'shortcuts.meaning', 'l', open('meaning')],
    [may('ticket:edit'), 'shortcuts.snooze', 'h', open('snooze')],
    [
      may('ticket:edit') && ticket.allowed_statuses.includes('resolved'),
      'shortcuts.resolve',
      'e',
      () => finish({ status: 'resolved' }),
    ],
    [true, 'shortcuts.panel', ']', togglePanel],
    [true, 'shortcuts.back', 'u', back],
  ]
  return all
    .filter(([allowed]) => allowed)
    .map(([, name, keys, run]) => ({
      id: keys,
      name: String(t(name as 'shortcuts.reply')),
      keys,
      run,
    }))
}
