import { createFileRoute } from '@tanstack/react-router'
import { BrandsPage } from '@/features/admin'

export const Route = createFileRoute('/admin/brands')({ component: BrandsPage })
