/** Drafts that the desk has not acknowledged, one entry each in the keeper of the host page. */
import type { Draft } from './timeline'

const PREFIX = 'out:'
const LIMIT = 100

export interface Keeper {
  set(name: string, value: string | null): void
}

export interface Outbox {
  all(): Draft[]
  put(draft: Draft): void
  remove(clientId: string): void
}

function read(text: string): Draft | null {
  try {
    const draft = JSON.parse(text) as Partial<Draft>
    const ok = typeof draft.client_id === 'string' && typeof draft.text === 'string'
    return ok ? ({ files: [], at: new Date(0).toISOString(), ...draft } as Draft) : null
  } catch {
    return null
  }
}

export function openOutbox(keeper: Keeper, stored: Record<string, string>): Outbox {
  const drafts = new Map<string, Draft>()
  const found = Object.entries(stored)
    .filter(([name]) => name.startsWith(PREFIX))
    .map(([, text]) => read(text))
    .filter((draft) => draft !== null)
    .sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
  for (const draft of found.slice(-LIMIT)) drafts.set(draft.client_id, draft)
  return {
    all: () => [...drafts.values()],
    put(draft) {
      drafts.set(draft.client_id, draft)
      keeper.set(PREFIX + draft.client_id, JSON.stringify(draft))
    },
    remove(clientId) {
      drafts.delete(clientId)
      keeper.set(PREFIX + clientId, null)
    },
  }
}
