import { useQuery } from '@tanstack/react-query'
import { agentsQuery, nameOf, teamsQuery } from '@/shared/api'
import type { AuditEntry } from '@/shared/api/admin'
import { i18next, useTranslation } from '@/shared/i18n'
import { shortId, type Thing } from './things'

/** Everything that has a word: the actions that the desk knows, by what they are about. */
export function knownActions(): Record<string, string[]> {
  const words: unknown = i18next.getResource(i18next.language, 'translation', 'admin.audit.actions')
  const found: Record<string, string[]> = {}
  for (const action of Object.keys(words && typeof words === 'object' ? words : {}).sort()) {
    const [area = ''] = action.split('.')
    found[area] = [...(found[area] ?? []), action]
  }
  return found
}

// Nobody looks these up, so the end of an id would say nothing.
const nameless = new Set(['session', 'workspace', 'password', 'second_factor'])

/** An entry of the log in words: names where there is one, else the kind and the end of the id. */
export function useWords() {
  const { t } = useTranslation()
  const { data: agents } = useQuery(agentsQuery)
  const { data: teams } = useQuery(teamsQuery)
  const kind = (name: string) =>
    t(`admin.audit.kinds.${name}` as 'admin.audit.kinds.system', { defaultValue: name })
  const area = (name: string) =>
    t(`admin.audit.areas.${name}` as 'admin.audit.areas.agent', { defaultValue: name })
  const known = (name: string | null, id: string | null) => {
    if (name === 'agent') return nameOf(agents, id)
    return name === 'team' ? nameOf(teams, id) : null
  }
  return {
    area,
    // The keys hold dots, so they are no paths.
    action: (action: string) =>
      t(`admin.audit.actions.${action}` as 'admin.audit.actions.agent.created', {
        defaultValue: action,
      }),
    actor: ({ actor }: AuditEntry) => {
      if (actor.kind === 'system') return kind('system')
      const name = actor.name || nameOf(agents, actor.id)
      return name || [kind(actor.kind), actor.id && shortId(actor.id)].filter(Boolean).join(' ')
    },
    object: ({ kind: what, id, label }: Thing) => {
      const short = id && !nameless.has(what ?? '') ? shortId(id) : ''
      const name = label || known(what, id) || short
      return [what ? area(what) : '', name].filter(Boolean).join(' · ')
    },
    /** A value of a change: people and teams by their names. */
    value: (field: string, value: string) => {
      const owner = /(agent|assignee|team)_id$/.exec(field)?.[1]
      const name = owner && known(owner === 'team' ? 'team' : 'agent', value)
      return name || value
    },
    field: (field: string) =>
      t(`history.fields.${field}` as 'history.fields.status', { defaultValue: field }),
  }
}
