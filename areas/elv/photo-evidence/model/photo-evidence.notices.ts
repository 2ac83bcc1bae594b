import { tender } from '#kernel/source/source.ts';
import { noticeKind } from '#practices/notice/model/notice-kind.ts';

/** What the commission is told of photographs: the alert PHOTO_REUSE, once for each two cases. Source: domain 2.6. */
export const photoEvidenceNotices = {
  reused: noticeKind({
    id: 'elv.photo-evidence.reused',
    group: { id: 'elv.photo-evidence', title: '照片核查' },
    source: tender(3, 4),
    title: '照片疑似重复使用',
    text: '案卷 {caseNo} 的照片与另一案卷的照片相同或近似，请在案卷页并排核对。',
    slots: { caseNo: 'number' },
    outside: null,
    permission: 'elv.photo-evidence:setAside',
  }),
};
