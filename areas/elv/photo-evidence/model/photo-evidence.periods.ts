import type { Period } from '#kernel/lifecycle/lifecycle.ts';
import { assumption } from '#kernel/source/source.ts';

/** How old a photograph may be before it is odd; settings an administrator may change. */
export const photoPeriods = {
  early: {
    setting: 'elv.period.photo-early',
    title: '照片拍摄早于交车多久提示',
    fallback: 3,
    unit: 'day',
    source: assumption('需求未写明，照片拍摄时间早于交车时间 3 日以上即提示审核人员，请业主确认', '0043'),
  },
  late: {
    setting: 'elv.period.photo-late',
    title: '照片拍摄后多久上传提示',
    fallback: 7,
    unit: 'day',
    source: assumption('需求未写明，照片拍摄 7 日以后才上传即提示审核人员，请业主确认', '0043'),
  },
} satisfies Record<string, Period>;
