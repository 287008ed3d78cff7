export const bulkPage = {
  bulkPage: {
    lead: '正在进行和已结束的批量处理：看进度，取消，撤销，逐张查看结果。',
    none: '还没有批量处理',
    noneHint: '在工单列表里选中多张工单，即可一起修改。',
    what: '操作',
    progress: '进度',
    who: '发起人',
    at: '时间',
    act: '处理',
    cancelOne: '取消“{{name}}”',
    undoOne: '撤销“{{name}}”',
    states: {
      run: { queued: '排队中', running: '进行中', done: '已完成', cancelled: '已取消' },
      undo: { queued: '撤销排队中', running: '正在撤销', done: '已撤销', cancelled: '撤销已取消' },
    },
    items: { all: '全部', waiting: '等待', done: '完成', skipped: '跳过', failed: '失败' },
    noItems: '没有这样的工单',
    more: '加载更多',
    all: '全部批量处理',
  },
}
