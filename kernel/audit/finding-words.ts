import type { FileFault, FileFinding } from './verify-archive.ts';
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

const fileWords: Readonly<Record<FileFault, string>> = {
  unreadable: '文件读不下去，不是归档文件，或已损坏、被截断',
  'bad-line': '有一行不是归档的内容',
  'no-manifest': '文件没有结尾的清单，被截断',
  'wrong-counts': '行数与清单不符',
  'wrong-sm3': '全文的 SM3 与清单不符',
  'manifest-signature': '清单的签名无效或缺失',
  'manifest-downgraded': '清单签名的方案版本不对',
  'after-the-end': '签名之后还有内容',
};

/** What is wrong with an archive as a file, and in which line, for people. */
export const fileFindingText = ({ what, line }: FileFinding): string =>
  line > 0 ? `${fileWords[what]}（文件第 ${line} 行）` : fileWords[what];
