import { createFileRoute } from '@tanstack/react-router'
import { UnitsPage } from '@/features/admin'

export const Route = createFileRoute('/admin/units')({ component: UnitsPage })
