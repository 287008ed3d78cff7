import { queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { components } from './schema.gen'
import type { Id } from './types'

type Schemas = components['schemas']
export type Skill = Schemas['SkillOut']
export type NewSkill = Schemas['SkillIn']
export type SkillLevel = Schemas['SkillLevel']
export type SkillNeed = Schemas['SkillNeed']
export type AgentProfile = Schemas['AgentProfileOut']
export type ProfileChange = Schemas['AgentProfileChange']
export type ChannelLimit = Schemas['ChannelLimit']
export type ShiftWeek = Schemas['ShiftWeek']
export type Leave = Schemas['LeaveOut']
export type NewLeave = Schemas['LeaveIn']
export type AssignmentRule = Schemas['AssignmentRuleOut']
export type NewAssignmentRule = Schemas['AssignmentRuleIn']
export type TeamAssignment = Schemas['TeamAssignmentOut']
export type TeamAssignmentChange = Schemas['TeamAssignmentChange']
export type ChannelWeight = Schemas['ChannelWeight']
export type TicketAssignment = Schemas['TicketAssignment']
export type AssignmentWaiting = Schemas['WaitingOut']
export type AssignmentGiven = Schemas['GivenOut']
export type PriorityWeights = Schemas['PriorityWeights']
export type PrioritySettings = Schemas['PrioritySettingsOut']
export type PriorityPreview = Schemas['PriorityPreview']
export type TicketPriority = Schemas['TicketPriority']
export type ScorePart = Schemas['ScorePart']
export type Decision = Schemas['DecisionOut']
export type Hindrance = Schemas['Hindrance']

const root = ['admin', 'assignment'] as const

export const skillsQuery = queryOptions({
  queryKey: [...root, 'skills'],
  queryFn: async ({ signal }) => (await api.get('/skills', { signal })).items,
})
export const saveSkill = (id: Id | null, values: NewSkill) =>
  id
    ? api.patch('/skills/{skill_id}', { path: { skill_id: id }, body: values })
    : api.post('/skills', { body: values })
export const removeSkill = (id: Id) => api.delete('/skills/{skill_id}', { path: { skill_id: id } })

export const profileQuery = (agent_id: Id) =>
  queryOptions({
    queryKey: [...root, 'profile', agent_id],
    queryFn: ({ signal }) => api.get('/agents/{agent_id}/profile', { path: { agent_id }, signal }),
  })
export const changeProfile = (agent_id: Id, body: ProfileChange) =>
  api.patch('/agents/{agent_id}/profile', { path: { agent_id }, body })

export const leaveQuery = (agent_id: Id) =>
  queryOptions({
    queryKey: [...root, 'leave', agent_id],
    queryFn: async ({ signal }) =>
      (await api.get('/agents/{agent_id}/leave', { path: { agent_id }, signal })).items,
  })
export const addLeave = (agent_id: Id, body: NewLeave) =>
  api.post('/agents/{agent_id}/leave', { path: { agent_id }, body })
export const removeLeave = (agent_id: Id, leave_id: Id) =>
  api.delete('/agents/{agent_id}/leave/{leave_id}', { path: { agent_id, leave_id } })

export const assignmentRulesQuery = queryOptions({
  queryKey: [...root, 'rules'],
  queryFn: async ({ signal }) => (await api.get('/assignment/rules', { signal })).items,
})
const rule = (id: Id) => ({ assignment_rule_id: id })
export const saveAssignmentRule = (id: Id | null, values: NewAssignmentRule) =>
  id
    ? api.patch('/assignment/rules/{assignment_rule_id}', { path: rule(id), body: values })
    : api.post('/assignment/rules', { body: values })
export const removeAssignmentRule = (id: Id) =>
  api.delete('/assignment/rules/{assignment_rule_id}', { path: rule(id) })

export const weightsQuery = queryOptions({
  queryKey: [...root, 'weights'],
  queryFn: async ({ signal }) => (await api.get('/assignment/weights', { signal })).items,
})
export const setWeights = (items: ChannelWeight[]) =>
  api.put('/assignment/weights', { body: { items } })

export const prioritySettingsQuery = queryOptions({
  queryKey: [...root, 'priority'],
  queryFn: ({ signal }) => api.get('/assignment/priority', { signal }),
  // Until all open tickets are scored by the new weights.
  refetchInterval: ({ state }) => (state.data?.updating ? 3000 : false),
})
export const setPriority = (body: PriorityWeights) => api.put('/assignment/priority', { body })
export const priorityPreviewQuery = (weights: PriorityWeights) =>
  queryOptions({
    queryKey: [...root, 'priority', 'preview', weights],
    queryFn: ({ signal }) =>
      api.post('/assignment/priority/preview', { body: { weights, limit: 12 }, signal }),
    placeholderData: (before) => before,
    gcTime: 10_000,
    retry: false,
  })

/** The score grows by itself: it is asked again each minute while it is looked at. */
export const ticketPriorityQuery = (ticket_id: Id, version: number) =>
  queryOptions({
    queryKey: ['ticket', ticket_id, 'score', version],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/priority', { path: { ticket_id }, signal }),
    placeholderData: (before) => before,
    refetchInterval: ({ state }) => (state.data?.state === 'pending' ? 3000 : 60_000),
  })
export const decisionsQuery = (ticket_id: Id, version: number) =>
  queryOptions({
    queryKey: ['ticket', ticket_id, 'decisions', version],
    queryFn: async ({ signal }) =>
      (await api.get('/tickets/{ticket_id}/decisions', { path: { ticket_id }, signal })).items,
  })

export const teamAssignmentQuery = (team_id: Id) =>
  queryOptions({
    queryKey: [...root, 'team', team_id],
    queryFn: ({ signal }) => api.get('/teams/{team_id}/assignment', { path: { team_id }, signal }),
  })
export const changeTeamAssignment = (team_id: Id, body: TeamAssignmentChange) =>
  api.patch('/teams/{team_id}/assignment', { path: { team_id }, body })

/** Why this agent, or why nobody yet; ``version`` is the ticket's, and the reason changes with it. */
export const ticketAssignmentQuery = (ticket_id: Id, version: number) =>
  queryOptions({
    queryKey: ['ticket', ticket_id, 'assignment', version],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/assignment', { path: { ticket_id }, signal }),
    placeholderData: (before) => before,
    // While it waits, agents come and go without a word on the ticket.
    refetchInterval: ({ state }) => (state.data?.state === 'waiting' ? 10_000 : false),
  })
