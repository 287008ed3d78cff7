import { createFileRoute } from '@tanstack/react-router'
import { SignIn } from '@/features/signin'

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search): { next?: string } =>
    typeof search.next === 'string' && /^\/(?!\/)/.test(search.next) ? { next: search.next } : {},
  component: Page,
})

function Page() {
  return <SignIn next={Route.useSearch().next} />
}
