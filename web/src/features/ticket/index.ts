export { PriorityMenu, SnoozeMenu, StatusMenu } from './menus'
export { type MenuName, type OpenMenu, useOpenMenu } from './openMenu'
export { TicketPanel } from './TicketPanel'
export { type TicketActions, useTicketActions } from './useTicketActions'
