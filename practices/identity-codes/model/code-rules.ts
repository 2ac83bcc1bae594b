import { assumption, type Source, standard } from '#kernel/source/source.ts';
import { checkDebitCard } from './bank-card.ts';
import { checkIdentityNumber } from './identity-number.ts';
import { checkPersonName } from './person-name.ts';
import { checkContactPhone, checkLandline, checkMobile } from './phone.ts';
import { checkSocialCreditCode } from './social-credit-code.ts';
import type { Verdict } from './verdict.ts';

/** A kind of code with its validator and where its rule comes from. */
export interface CodeRule {
  readonly title: string;
  readonly source: Source;
  readonly check: (raw: string) => Verdict;
}

/** The codes of persons and organisations, for the data dictionary and the list of rules to be confirmed. */
export const identityCodeRules = Object.freeze({
  identityNumber: {
    title: '居民身份证号码',
    source: standard('GB 11643-1999', '公民身份号码'),
    check: (raw) => checkIdentityNumber(raw),
  },
  socialCreditCode: {
    title: '统一社会信用代码',
    source: standard('GB 32100-2015', '法人和其他组织统一社会信用代码编码规则'),
    check: checkSocialCreditCode,
  },
  mobile: { title: '手机号码', source: assumption('手机号段按 13 至 19 开头放行'), check: checkMobile },
  landline: { title: '固定电话', source: assumption('固定电话须带区号'), check: checkLandline },
  contactPhone: { title: '联系电话', source: assumption('手机或带区号的固定电话均可'), check: checkContactPhone },
  personName: {
    title: '姓名',
    source: assumption('姓名由汉字或拉丁字母组成，间隔号统一为“·”'),
    check: checkPersonName,
  },
  debitCard: {
    title: '借记卡号',
    source: assumption('以 62 开头为境内借记卡；户名、证件、卡号三要素另行核验'),
    check: checkDebitCard,
  },
} satisfies Record<string, CodeRule>);
