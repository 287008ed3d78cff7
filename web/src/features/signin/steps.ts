import { ApiError } from '@/shared/api'

export type Step =
  | { kind: 'password' }
  | { kind: 'code' }
  | { kind: 'workspace'; workspaces: { slug: string; name: string }[] }

/** Where a refused sign-in leads, or nothing when it was simply wrong. */
export function stepAfter(step: Step, error: unknown): Step | null {
  if (!(error instanceof ApiError)) return null
  if (error.code === 'code_required' && step.kind !== 'code') return { kind: 'code' }
  if (error.code === 'choose_workspace') {
    return { kind: 'workspace', workspaces: workspacesOf(error.problem.workspaces) }
  }
  return null
}

function workspacesOf(value: unknown): { slug: string; name: string }[] {
  if (!Array.isArray(value)) return []
  return value.map((item: unknown) => {
    if (typeof item === 'string') return { slug: item, name: item }
    const { slug, name } = item as { slug: string; name?: string }
    return { slug, name: name ?? slug }
  })
}
