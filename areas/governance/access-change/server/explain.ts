import type { Explanation } from '#kernel/access/access.ts';
import type { ExplanationView } from '../model/access-change.contract.ts';
import { grantInWords, type Names } from '../model/describe-change.ts';

const verdicts: Readonly<Record<Explanation['because'], string>> = {
  'special-deny': '不能：有一项特定权限禁止此人办理这一件',
  'special-allow': '能：有一项特定权限允许此人办理这一件',
  role: '能：由所持角色授予',
  'out-of-scope': '不能：所持角色有这项权限，但数据范围不包括这一件',
  'no-grant': '不能：所持角色都没有这项权限',
};

/** An explanation in words, every grant that was looked at with its way. */
export const explanationInWords = (
  { allowed, because, grants, special }: Explanation,
  target: string | null,
  names: Names,
): ExplanationView => ({
  allowed,
  verdict: verdicts[because],
  target,
  lines: [
    ...special.map(({ effect, until, reason }) => ({
      reaches: effect === 'allow',
      text: `特定权限：${effect === 'allow' ? '允许' : '禁止'}，至 ${until.toISOString().slice(0, 10)}，理由：${reason}`,
    })),
    ...grants.map(({ held, writtenIn, grant, reaches }) => ({
      reaches,
      text: `角色“${names.role(held)}”${held === writtenIn ? '' : `（继承自“${names.role(writtenIn)}”）`}：${grantInWords(grant, names)}`,
    })),
  ],
});
