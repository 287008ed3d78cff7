export { applyTicket } from './dispatch'
export * from './patches'
export { type Connection, useConnection } from './state'
export { reconnectNow, useStream } from './useStream'
