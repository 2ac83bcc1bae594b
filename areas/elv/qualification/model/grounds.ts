import { assumption, rule, type Source } from '#kernel/source/source.ts';

/** Why an authority may end or interrupt a qualification: what it is called, and the article that says so. */
export interface Ground {
  readonly title: string;
  readonly source: Source;
}

/** Grounds by their code. */
export type Grounds = Readonly<Record<string, Ground>>;

const licensing = '行政许可法';
const regulation = '报废机动车回收管理办法（国务院令第715号）';

/** 停业整顿, a penalty. Source: domain 2.1 (arts. 19–24). */
export const suspensionGrounds: Grounds = {
  unrecorded: {
    title: '未如实记录、上传五大总成等信息，情节严重（715号令罚则，条款待核）',
    source: assumption('715号令第十九至二十四条罚则，具体条款待核', '0032'),
  },
  unqualified: {
    title: '不再具备资质认定条件，责令停业整顿（715号令第十六条）',
    source: rule(regulation, '第十六条'),
  },
};

/** 吊销, a penalty. Source: domain 2.1 (art. 16). */
export const revocationGrounds: Grounds = {
  unqualified: {
    title: '不再具备资质认定条件，责令改正后逾期未改（715号令第十六条）',
    source: rule(regulation, '第十六条'),
  },
  grave: {
    title: '违反回收管理规定情节严重（715号令罚则，条款待核）',
    source: assumption('715号令第十九至二十四条罚则，具体条款待核', '0032'),
  },
};

/** 撤销: the licence should not have been given. Source: 行政许可法第六十九条. */
export const annulmentGrounds: Grounds = {
  fraud: {
    title: '以欺骗、贿赂等不正当手段取得（许可法第六十九条第二款）',
    source: rule(licensing, '第六十九条第二款'),
  },
  abuse: {
    title: '工作人员滥用职权、玩忽职守作出准予决定（第六十九条第一款第一项）',
    source: rule(licensing, '第六十九条第一款第（一）项'),
  },
  powers: {
    title: '超越法定职权作出准予决定（第六十九条第一款第二项）',
    source: rule(licensing, '第六十九条第一款第（二）项'),
  },
  procedure: {
    title: '违反法定程序作出准予决定（第六十九条第一款第三项）',
    source: rule(licensing, '第六十九条第一款第（三）项'),
  },
  unfit: {
    title: '对不符合法定条件的申请人准予许可（第六十九条第一款第四项）',
    source: rule(licensing, '第六十九条第一款第（四）项'),
  },
};

/** 注销: a formality once a licence has lost its force. Source: 行政许可法第七十条. */
export const cancellationGrounds: Grounds = {
  lapsed: { title: '有效期届满未延续（许可法第七十条第一项）', source: rule(licensing, '第七十条第（一）项') },
  dissolved: { title: '法人依法终止（许可法第七十条第三项）', source: rule(licensing, '第七十条第（三）项') },
  ended: {
    title: '许可依法被撤销、撤回或者吊销（许可法第七十条第四项）',
    source: rule(licensing, '第七十条第（四）项'),
  },
  force: {
    title: '因不可抗力许可事项无法实施（许可法第七十条第五项）',
    source: rule(licensing, '第七十条第（五）项'),
  },
  asked: {
    title: '企业申请终止经营（许可法第七十条第六项）',
    source: rule(licensing, '第七十条第（六）项'),
  },
};

/** Titles by code, for a list to choose from. */
export const titlesOf = (grounds: Grounds): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(grounds).map(([code, { title }]) => [code, title]));
