/** What people call the jobs of a process. */
export const jobTitles: Readonly<Record<string, string>> = {
  'statistics-elv': '报废统计累加，每日核对',
  'audit-watch': '日志异常巡查',
  'process-report': '上报本进程状况',
  'file-check': '逐个重读文件核对',
  'file-clearing': '清除没有入卷的上传',
  'import-keeping': '清除过期的导入内容',
  'case-export': '生成导出的案卷列表，清除到期的文件',
  'case-import': '按导入文件受理案卷',
  'citizen-application-expiry': '放开企业逾期未答复的个人申请',
  'citizen-draft-erasing': '删除到期未提交的个人申请草稿',
  'registry-lapses': '证书到期预警',
  'practitioner-archives': '建立从业人员年度诚信档案',
  'event-watch': '每日查询企业行政处罚、投诉工单',
  'audit-sealing': '日志封签',
  'key-watch': '查看密钥是否更换',
  'database-watch': '看护内嵌数据库',
};
