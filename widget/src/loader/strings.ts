const zh = {
  open: '打开在线客服',
  close: '关闭在线客服',
  frame: '在线客服',
  unread: (n: number) => `${n} 条未读消息`,
  dismiss: '关闭提示',
}

const en: typeof zh = {
  open: 'Open chat',
  close: 'Close chat',
  frame: 'Chat',
  unread: (n) => (n === 1 ? '1 unread message' : `${n} unread messages`),
  dismiss: 'Dismiss',
}

export const strings = (locale: string) => (/^zh/i.test(locale) ? zh : en)
