import { createFileRoute } from '@tanstack/react-router'
import { TokensPage } from '@/features/admin'

export const Route = createFileRoute('/admin/tokens')({ component: TokensPage })
