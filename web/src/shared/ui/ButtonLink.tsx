import { createLink } from '@tanstack/react-router'
import { Button } from 'antd'

/**
 * Looks like a button and is a link: one stop for Tab, and it opens in a new tab. Say `color` and `variant`:
 * the router takes `type` for that of an element.
 */
export const ButtonLink = createLink(Button)
