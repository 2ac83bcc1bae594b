/** A value before and after. */
export interface ShownChange {
  readonly field: string;
  readonly before: string;
  readonly after: string;
}

/** What an entry tells beside who, when and what, in words. */
export interface ShownDetail {
  readonly changes: readonly ShownChange[];
  readonly rest: readonly { readonly name: string; readonly value: string }[];
}

const names: Readonly<Record<string, string>> = {
  id: '对象标识',
  code: '拒绝代码',
  status: '应答状态',
  count: '次数',
  reason: '事由',
  rows: '行数',
  limit: '行数上限',
  filter: '查询条件',
  sm3: '文件摘要（SM3）',
  version: '版本',
  round: '轮次',
  stepDigest: '步骤摘要',
  section: '栏目',
  fields: '字段',
  failures: '连续失败次数',
  why: '原因',
  rule: '规则',
  about: '涉及',
  opinion: '意见',
  title: '名称',
  month: '月份',
  kind: '类别',
  direction: '方向',
  key: '报文编号',
  detail: '说明',
  outcome: '结果',
  requestDigest: '请求摘要',
  answerDigest: '应答摘要',
  milliseconds: '耗时（毫秒）',
  migrations: '升级步骤',
  fromSeal: '起始封签',
  toSeal: '截止封签',
  entries: '日志条数',
  links: '链接条数',
  seals: '封签数',
  bytes: '文件字节数',
  name: '名称',
  mode: '运行模式',
};

/** Codes that are told in words where they stand as reasons. */
const reasons: Readonly<Record<string, string>> = {
  captcha: '未输入或输错图中字符',
  wrong: '用户名或口令不符',
  locked: '账号已锁定',
};

const nothing = '空';

const words = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return nothing;
  if (typeof value === 'string') return reasons[value] ?? value;
  if (Array.isArray(value)) return value.map(words).join('、') || nothing;
  return typeof value === 'object'
    ? Object.entries(value)
        .map(([key, one]) => `${names[key] ?? key}：${words(one)}`)
        .join('；') || nothing
    : String(value);
};

interface RawChange {
  readonly field?: unknown;
  readonly title?: unknown;
  readonly before?: unknown;
  readonly after?: unknown;
}

const isChange = (value: unknown): value is RawChange =>
  typeof value === 'object' && value !== null && 'field' in value;

const listed = (changes: unknown): readonly ShownChange[] =>
  (Array.isArray(changes) ? changes : []).filter(isChange).map(({ field, title, before, after }) => ({
    field: words(title ?? field),
    before: words(before),
    after: words(after),
  }));

/** Before and after, wherever the detail keeps them: a list of changes, `was` and what it became, a state left and reached. The rest by name. */
export const shownDetail = (detail: Readonly<Record<string, unknown>>): ShownDetail => {
  const { changes, was, value, from, to, ...others } = detail;
  const shown = [...listed(changes)];
  if ('was' in detail) {
    const became = 'value' in detail ? value : others.kind;
    shown.push({
      field: typeof detail.title === 'string' ? detail.title : '值',
      before: words(was),
      after: words(became),
    });
  }
  if ('from' in detail && 'to' in detail) shown.push({ field: '状态', before: words(from), after: words(to) });
  const hidden = new Set('was' in detail && !('value' in detail) ? ['kind'] : []);
  const rest = Object.entries(others)
    .filter(([key]) => !hidden.has(key))
    .map(([key, one]) => ({ name: names[key] ?? key, value: words(one) }));
  return { changes: shown, rest };
};
