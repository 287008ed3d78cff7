export { NewTicket } from './NewTicket'
