import type { FormInstance } from 'antd'
import type { KeyboardEvent } from 'react'
import { composing } from '../hotkeys'

/** Ctrl or ⌘ with Enter sends a form from any of its fields, also where Enter is a new line. */
export const submitKeys =
  (form: Pick<FormInstance, 'submit'>) => (event: KeyboardEvent<HTMLElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || composing(event)) return
    event.preventDefault()
    form.submit()
  }
