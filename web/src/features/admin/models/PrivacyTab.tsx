import { useQuery } from '@tanstack/react-query'
import { copilotSetupQuery } from '@/shared/api/copilot'
import { QueryView } from '@/shared/page'
import { PolicyForm } from './PolicyForm'
import { TryHiding } from './TryHiding'

/** What may leave, what may be spent, and a place to try it. */
export function PrivacyTab() {
  const query = useQuery(copilotSetupQuery)
  return (
    <QueryView query={query} lines={8}>
      {(setup) => (
        <>
          <PolicyForm policy={setup.policy} kinds={setup.kinds} />
          <TryHiding />
        </>
      )}
    </QueryView>
  )
}
