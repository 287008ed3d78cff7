import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Body } from './typed'
import type { Id } from './types'

type Schemas = components['schemas']
export type TicketWork = Schemas['TicketWork']
export type ChecklistItem = Schemas['ChecklistItemOut']
export type TimeEntry = Schemas['TimeEntryOut']
export type Reminder = Schemas['ReminderOut']
export type ChecklistTemplate = Schemas['ChecklistTemplateOut']
export type NewChecklistTemplate = Schemas['ChecklistTemplateIn']
export type NewTime = Body<'post', '/tickets/{ticket_id}/time'>
export type TimeEdit = Body<'patch', '/time/{time_entry_id}'>
export type ItemEdit = Body<'patch', '/checklist-items/{checklist_item_id}'>

const of = (ticket: Id) => ({ path: { ticket_id: ticket } })
export const workQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['work', ticket],
    queryFn: ({ signal }) => api.get('/tickets/{ticket_id}/work', { ...of(ticket), signal }),
    staleTime: 30_000,
  })

export const startTimer = (ticket: Id) =>
  api.post('/tickets/{ticket_id}/time/start', { ...of(ticket), body: {} })
export const stopTimer = () => api.post('/time/stop')
export const addTime = (ticket: Id, body: NewTime) =>
  api.post('/tickets/{ticket_id}/time', { ...of(ticket), body })
const entry = (id: Id) => ({ path: { time_entry_id: id } })
export const changeTime = (id: Id, body: TimeEdit) =>
  api.patch('/time/{time_entry_id}', { ...entry(id), body })
export const removeTime = (id: Id) => api.delete('/time/{time_entry_id}', entry(id))

export const addItem = (ticket: Id, text: string) =>
  api.post('/tickets/{ticket_id}/checklist', { ...of(ticket), body: { items: [{ text }] } })
export const applyTemplate = (ticket: Id, template: Id) =>
  api.post('/tickets/{ticket_id}/checklist', { ...of(ticket), body: { template_id: template } })
export const orderItems = (ticket: Id, ids: Id[]) =>
  api.put('/tickets/{ticket_id}/checklist/order', { ...of(ticket), body: { ids } })
const item = (id: Id) => ({ path: { checklist_item_id: id } })
export type Approval = Schemas['ApprovalOut']
export type ApprovalAsk = Schemas['ApprovalAsk']
export const askApproval = (ticket: Id, text: string, approval: ApprovalAsk, needed: boolean) =>
  api.post('/tickets/{ticket_id}/checklist', {
    ...of(ticket),
    body: { items: [{ text, approval, needed }] },
  })
export const answerApproval = (id: Id, approve: boolean, comment: string) =>
  api.post('/checklist-items/{checklist_item_id}/answer', {
    ...item(id),
    body: { approve, comment },
  })
export const takeAnswerBack = (id: Id) =>
  api.delete('/checklist-items/{checklist_item_id}/answer', item(id))
export const askAgain = (id: Id, text: string, ask: ApprovalAsk) =>
  api.post('/checklist-items/{checklist_item_id}/ask', { ...item(id), body: { text, ask } })
/** What waits for the reader's answer. */
export const waitingApprovalsQuery = queryOptions({
  queryKey: ['work', 'approvals'],
  queryFn: async ({ signal }) => (await api.get('/approvals/waiting', { signal })).items,
  staleTime: 30_000,
})
export const changeItem = (id: Id, body: ItemEdit) =>
  api.patch('/checklist-items/{checklist_item_id}', { ...item(id), body })
export const removeItem = (id: Id) => api.delete('/checklist-items/{checklist_item_id}', item(id))

export const templatesQuery = queryOptions({
  queryKey: ['checklist-templates'],
  queryFn: async ({ signal }) => (await api.get('/checklist-templates', { signal })).items,
})
const template = (id: Id) => ({ path: { checklist_template_id: id } })
export const saveTemplate = (id: Id | null, body: NewChecklistTemplate) =>
  id
    ? api.patch('/checklist-templates/{checklist_template_id}', { ...template(id), body })
    : api.post('/checklist-templates', { body })
export const removeTemplate = (id: Id) =>
  api.delete('/checklist-templates/{checklist_template_id}', template(id))

export const setReminder = (ticket: Id, at: string, note: string) =>
  api.post('/tickets/{ticket_id}/reminders', { ...of(ticket), body: { at, note } })
export const dropReminder = (id: Id) =>
  api.delete('/reminders/{reminder_id}', { path: { reminder_id: id } })
