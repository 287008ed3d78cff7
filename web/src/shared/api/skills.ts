import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { api } from './client'
import type { Answer, Body } from './typed'
import type { Id } from './types'

export type SkillList = Answer<'get', '/copilot/skills'>
export type Skill = SkillList['items'][number]
export type SkillTask = SkillList['tasks'][number]
export type SkillStanding = Skill['standings'][number]
export type SkillLevel = SkillStanding['level']
export type SkillIn = Body<'put', '/copilot/skills/{skill}'>
export type Ceiling = SkillIn['ceiling']
export type Ladder = SkillList['ladder']
export type SkillDecision = Answer<'get', '/tickets/{ticket_id}/copilot/skills'>['items'][number]
export type Verdict = NonNullable<SkillDecision['verdict']>
export type SkillDo = Body<'post', '/tickets/{ticket_id}/copilot/skills/{decision_id}'>['do']

export const levels = ['shadow', 'suggest', 'approve', 'act'] as const
export const ceilings = ['off', ...levels] as const

export const skillsKey = ['admin', 'skills'] as const
export const skillsQuery = queryOptions({
  queryKey: [...skillsKey, 'all'],
  queryFn: ({ signal }) => api.get('/copilot/skills', { signal }),
})
/** Those that look at messages, and those that agents ask. */
export const skillsOf = (list?: SkillList) => [...(list?.items ?? []), ...(list?.tasks ?? [])]
export const putSkill = (skill: string, body: SkillIn) =>
  api.put('/copilot/skills/{skill}', { path: { skill }, body })
export const putTask = (skill: string, body: Body<'put', '/copilot/tasks/{skill}'>) =>
  api.put('/copilot/tasks/{skill}', { path: { skill }, body })
export const putLadder = (body: Ladder) => api.put('/copilot/ladder', { body })

export const decisionsQuery = (skill: string, verdict?: Verdict) =>
  infiniteQueryOptions({
    queryKey: [...skillsKey, 'decisions', skill, verdict ?? ''],
    queryFn: ({ pageParam, signal }) =>
      api.get('/copilot/skills/{skill}/decisions', {
        path: { skill },
        query: { verdict, cursor: pageParam, limit: 20 },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })

/** Below the key of what was read of a ticket, so that the same news fetch it anew. */
export const offersQuery = (ticket: Id) =>
  queryOptions({
    queryKey: ['signals', ticket, 'skills'],
    queryFn: ({ signal }) =>
      api.get('/tickets/{ticket_id}/copilot/skills', { path: { ticket_id: ticket }, signal }),
  })
export const answerOffer = (ticket: Id, decision: Id, what: SkillDo) =>
  api.post('/tickets/{ticket_id}/copilot/skills/{decision_id}', {
    path: { ticket_id: ticket, decision_id: decision },
    body: { do: what },
  })
