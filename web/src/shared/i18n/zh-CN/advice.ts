export const advice = {
  advice: {
    title: '相关文章',
    search: '搜索文章',
    none: '没有找到相关文章',
    noneHint: '换个说法搜索，或在知识库中补充这篇文章。',
    why: '匹配：{{words}}',
    inner: '仅客服',
    insertText: '插入全文',
    insertLink: '插入链接',
    send: '直接发送链接',
    sendTitle: '把这篇文章的链接发送给客户？',
    sent: '链接已发送',
    back: '返回列表',
    edit: '在知识库中打开',
    noPage: '客户看不到这篇文章，因此没有链接。',
    steps: { shown: '已展示', opened: '已打开', inserted: '已插入', sent: '已发送' },
  },
}
