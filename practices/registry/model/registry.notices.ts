import type { Source } from '#kernel/source/source.ts';
import { type NoticeGroup, type NoticeKind, noticeKind } from '#practices/notice/model/notice-kind.ts';

/** What of a registry's profile stands in its notices. */
interface Told {
  readonly id: string;
  readonly title: string;
  readonly source: Source;
}

/** What enterprises are told of their entries: by steps, and before their paper lapses. */
export interface RegistryNotices {
  readonly steps: Readonly<Record<string, NoticeKind<Record<never, never>>>>;
  readonly lapsing: NoticeKind<{ readonly until: 'day' }>;
}

/** All of them. */
export const kindsOf = ({ steps, lapsing }: RegistryNotices): readonly NoticeKind[] => [
  ...Object.values(steps),
  lapsing,
];

/** Whoever may hand in for an enterprise is told what has become of it. */
const declarants = ({ id }: Pick<Told, 'id'>): string => `${id}:submit`;

/** The warning before the paper of an entry lapses. Source: tender R49 (有效期预警). */
export const lapsingNotice = (
  profile: Told,
  group: NoticeGroup,
  words: { readonly paper: string; readonly advice: string },
): RegistryNotices['lapsing'] =>
  noticeKind({
    id: `${profile.id}.lapsing`,
    group,
    source: profile.source,
    title: `${words.paper}即将到期`,
    text: `您单位的${words.paper}有效期至 {until}，${words.advice}`,
    slots: { until: 'day' },
    outside: { text: `您单位的${words.paper}有效期至{until}，请登录系统查看并及时办理。`, channels: ['sms'] },
    permission: declarants(profile),
  });

/** What is told of an entry that is reviewed twice. Source: tender R49 (支持多渠道通知企业及相关部门). */
export const registryNotices = (profile: Told) => {
  const group: NoticeGroup = { id: profile.id, title: profile.title };
  const kind = (event: string, title: string, what: string, advice: string) =>
    noticeKind({
      id: `${profile.id}.${event}`,
      group,
      source: profile.source,
      title,
      text: `您单位在${profile.title}的申报${what}${advice}`,
      slots: {},
      outside: { text: `您单位在${profile.title}的申报${what}，请登录系统查看。`, channels: ['sms'] },
      permission: declarants(profile),
    });
  return {
    steps: {
      returned: kind('returned', '申报被退回', '被退回修改', '，请按退回原因修改后重新提交。'),
      approved: kind('approved', '申报已入库', '已通过复审并入库', '，本次申报的信息成为库内信息。'),
      refused: kind('refused', '申报未通过', '未通过审核', '；已在库的，库内信息不变，原因见申报页面。'),
      removed: kind('removed', '已移出对象库', '信息已移出对象库', '，原因见申报页面；可以重新申报。'),
    },
    lapsing: lapsingNotice(profile, group, { paper: '资质证书', advice: '请办理延续后申请变更，更新证书信息。' }),
  };
};
