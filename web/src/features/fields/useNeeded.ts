import type { DraftProps } from './DraftFields'
import { neededNow } from './needed'
import { useLiveForm } from './useForm'

const nowhere: ReadonlySet<string> = new Set()

/** The fields of something new that must be filled in now, wherever they stand. */
export function useNeeded(own: DraftProps | null): ReadonlySet<string> {
  const asked = own ? { ...own.asked, values: own.values } : ({ object: 'ticket' } as const)
  const { form } = useLiveForm(asked)
  return new Set(own ? neededNow(form, nowhere, own.problems) : [])
}
