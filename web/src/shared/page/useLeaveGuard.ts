import { useBlocker } from '@tanstack/react-router'
import { useRef } from 'react'
import { useTranslation } from '../i18n'
import { useAsk } from './useAction'

/**
 * Asks before what was typed is lost: on the way to another page, when the window closes, and where a
 * panel calls `mayLeave`. `hold` lets go while it is being saved, so that saving may lead elsewhere.
 */
export function useLeaveGuard(changed: boolean) {
  const { t } = useTranslation()
  const ask = useAsk()
  const state = useRef({ changed, held: false })
  state.current.changed = changed
  const losing = () => state.current.changed && !state.current.held
  const confirmed = () =>
    ask({ title: t('common.leaveTitle'), hint: t('common.leaveHint'), ok: t('common.leave') })

  useBlocker({
    // Filters and open panels in the address of the same page lose nothing.
    shouldBlockFn: async ({ current, next }) =>
      current.pathname !== next.pathname && losing() && !(await confirmed()),
    enableBeforeUnload: losing,
    disabled: !changed,
  })
  return {
    mayLeave: async () => !losing() || (await confirmed()),
    hold: (on: boolean) => {
      state.current.held = on
    },
  }
}
