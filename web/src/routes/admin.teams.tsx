import { createFileRoute } from '@tanstack/react-router'
import { TeamsPage } from '@/features/admin'

export const Route = createFileRoute('/admin/teams')({ component: TeamsPage })
