import type { Break, Finding } from './walk.ts';

const words: Readonly<Record<Break, string>> = {
  altered: '内容被改动',
  missing: '记录缺失',
  truncated: '链尾被截断',
  reordered: '记录次序被调换',
  repeated: '记录重复',
  stray: '记录不在封签范围内',
  rewritten: '整段被重写，与封签不符',
  'seal-altered': '封签内容被改动',
  'seal-missing': '封签缺失',
  'seal-reordered': '封签次序不对',
  'seal-unlinked': '封签与前一枚不衔接',
  'bad-signature': '封签的签名无效',
  'unknown-key': '封签所用的公钥不可信',
  downgraded: '封签的方案版本被降低',
  'unknown-scheme': '封签的方案版本不认识',
};

const range = (from: number, to: number | undefined): string =>
  to === undefined || to === from ? `第 ${from} 条` : `第 ${from} 至 ${to} 条`;

/** What was found, and where, for people. */
export const findingText = ({ what, seal, chain, seq, to }: Finding): string => {
  const place = chain === undefined ? '' : `，链 ${chain}${seq === undefined ? '' : ` ${range(seq, to)}`}`;
  const seals =
    chain === undefined && to !== undefined && to !== seal ? `第 ${seal} 至 ${to} 号封签` : `第 ${seal} 号封签`;
  return `${words[what]}：${seals}${place}`;
};
