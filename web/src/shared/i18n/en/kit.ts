import type { kit as zh } from '../zh-CN/kit'

export const kit: typeof zh = {
  kit: {
    stored: 'I have stored it',
    moreRows: 'Load more',
    actions: 'Actions',
    name: 'Name',
    created: 'Created',
    never: 'Never',
    open: 'Open',
    remove: 'Remove',
    default: 'Default',
    notSet: 'Not set',
    unsaved: 'You have unsaved changes',
    noMatch: 'Nothing matches “{{query}}”',
    clear: 'Clear filters',
    language: { 'zh-CN': '简体中文', en: 'English' },
    locale: 'Language',
    timeZone: 'Time zone',
  },
}
