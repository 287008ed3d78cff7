import { useMemo, useState } from 'react'

export type MenuName = 'status' | 'assign' | 'priority' | 'tags' | 'snooze' | 'meaning'

/** Which of the ticket's menus is open; keys open them wherever they are drawn. */
export function useOpenMenu() {
  const [open, setOpen] = useState<MenuName | null>(null)
  return useMemo(
    () => ({
      open: setOpen,
      bind: (name: MenuName) => ({
        open: open === name,
        onOpenChange: (on: boolean) => setOpen(on ? name : null),
      }),
    }),
    [open],
  )
}
export type OpenMenu = ReturnType<typeof useOpenMenu>
