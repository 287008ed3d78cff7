/** The server names a setting alone; in the form it lies below `settings`. */
export function underSettings(error: unknown, code: string): unknown {
  if (error instanceof Error && 'problem' in error) {
    const problem = error.problem as Record<string, unknown>
    if (typeof problem.field === 'string' && problem.code === code && problem.field) {
      problem.field = `settings.${problem.field.replaceAll(/[[\]]/g, '.').replaceAll('..', '.').replace(/\.$/, '')}`
    }
  }
  return error
}
