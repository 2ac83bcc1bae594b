import type { SectionId } from './vehicle-case.views.ts';
import { type BuildCodes, buildOf, type VehicleBuild } from './vehicle-class.ts';

/** What the photograph rules need to know. */
export interface VehicleFacts extends BuildCodes {
  readonly registeredWithPolice: boolean;
  readonly useNatureCode: string | null;
  readonly papersMissing: boolean;
  readonly ownerKind: 'person' | 'organisation';
  readonly organisationStanding: 'active' | 'deregistered' | 'bankrupt';
  readonly hasAgent: boolean;
  readonly batteryMissing: boolean;
  /** The frame number gives rise to a doubt: a wrong check digit, a wrong length. */
  readonly vinDoubted: boolean;
  /** Another frame number or plate than the recorded one is asserted after the dismantling. */
  readonly identityAsserted: boolean;
}

const papersOfPeople: ReadonlySet<SectionId> = new Set(['papers', 'owner', 'agent', 'deregistration', 'collection']);

/** Whether photographs of this position show papers of a person: who sees personal values masked does not see them either. Source: domain 10.5. */
export const showsPerson = ({ section, part }: Pick<PhotoPart, 'section' | 'part'>): boolean =>
  papersOfPeople.has(section) && part !== 'vin-rubbing';

/** A photograph position: how it is called, how to take it, and when it is asked for. Source: domain 2.6, tender R01, R03, R04, R07. */
export interface PhotoPart {
  readonly part: string;
  readonly title: string;
  readonly section: SectionId;
  readonly hint: string;
  readonly many: boolean;
  /** Paper kind for OCR; absent for photographs of things. */
  readonly paper?: string;
  /** `required`; `wanted` is asked for and blocks nothing; `optional`; `none` where it makes no sense for this vehicle. */
  readonly need: (facts: VehicleFacts, build: VehicleBuild) => 'required' | 'wanted' | 'optional' | 'none';
}

type Need = ReturnType<PhotoPart['need']>;

const always = (): Need => 'required';
const optional = (): Need => 'optional';
const when = (yes: boolean, otherwise: Need = 'none'): Need => (yes ? 'required' : otherwise);

const paperParts: readonly PhotoPart[] = [
  {
    part: 'licence-main',
    title: '行驶证正页',
    section: 'papers',
    hint: '四角入镜，文字清楚，不反光',
    many: false,
    paper: 'vehicle-licence-main',
    need: (facts) => when(facts.registeredWithPolice && !facts.papersMissing, 'optional'),
  },
  {
    part: 'licence-duplicate',
    title: '行驶证副页',
    section: 'papers',
    hint: '含检验记录的一页',
    many: false,
    paper: 'vehicle-licence-duplicate',
    need: (facts) => when(facts.registeredWithPolice && !facts.papersMissing, 'optional'),
  },
  {
    part: 'licence-back',
    title: '行驶证背面',
    section: 'papers',
    hint: '正页与副页的背面可拍在一张',
    many: true,
    need: (facts) => (facts.registeredWithPolice ? 'optional' : 'none'),
  },
  {
    part: 'registration-p12',
    title: '产证一二页',
    section: 'papers',
    hint: '机动车登记证书第一、二页摊平拍全',
    many: true,
    paper: 'registration-certificate-p12',
    need: (facts) => when(facts.registeredWithPolice && !facts.papersMissing, 'optional'),
  },
  {
    part: 'registration-change',
    title: '产证变更页',
    section: 'papers',
    hint: '有变更、转移记录的都要拍',
    many: true,
    need: (facts) => (facts.registeredWithPolice ? 'optional' : 'none'),
  },
  {
    part: 'statement',
    title: '情况说明书',
    section: 'papers',
    hint: '写明来源或缺失原因并签章',
    many: true,
    need: (facts) => when(!facts.registeredWithPolice || facts.papersMissing, 'optional'),
  },
  {
    part: 'vin-rubbing',
    title: '车架号拓印',
    section: 'papers',
    hint: '车辆识别代号校验位、位数不符或字迹不清时补拍',
    many: true,
    need: (facts) => (facts.vinDoubted ? 'wanted' : 'optional'),
  },
  {
    part: 'identity-proof',
    title: '车辆身份更正证明',
    section: 'papers',
    hint: '割下的钢印、号牌或原始凭证，看得清真实的车架号或号牌；情况说明须签章',
    many: true,
    need: (facts) => when(facts.identityAsserted),
  },
];

const isPerson = (facts: VehicleFacts): boolean => facts.ownerKind === 'person';

const partyParts: readonly PhotoPart[] = [
  {
    part: 'owner-id-front',
    title: '所有人身份证人像面',
    section: 'owner',
    hint: '原件，四角入镜',
    many: false,
    paper: 'id-card-front',
    need: (facts) => when(isPerson(facts)),
  },
  {
    part: 'owner-id-back',
    title: '所有人身份证国徽面',
    section: 'owner',
    hint: '看得清有效期限',
    many: false,
    paper: 'id-card-back',
    need: (facts) => when(isPerson(facts)),
  },
  {
    part: 'business-licence',
    title: '营业执照',
    section: 'owner',
    hint: '副本亦可，拍全',
    many: false,
    paper: 'business-licence',
    need: (facts) => (isPerson(facts) ? 'none' : when(facts.organisationStanding === 'active', 'optional')),
  },
  {
    part: 'deregistration-notice',
    title: '准予注销登记通知书或清算证明',
    section: 'owner',
    hint: '已注销单位交通知书，破产单位交清算组织证明',
    many: true,
    need: (facts) => when(!isPerson(facts) && facts.organisationStanding !== 'active'),
  },
  {
    part: 'agent-id-front',
    title: '代理人身份证人像面',
    section: 'agent',
    hint: '原件，四角入镜',
    many: false,
    paper: 'agent-id-card-front',
    need: (facts) => when(facts.hasAgent),
  },
  {
    part: 'agent-id-back',
    title: '代理人身份证国徽面',
    section: 'agent',
    hint: '看得清有效期限',
    many: false,
    need: (facts) => when(facts.hasAgent),
  },
  {
    part: 'power-of-attorney',
    title: '委托说明书',
    section: 'agent',
    hint: '写明委托事项并签章',
    many: true,
    need: (facts) => when(facts.hasAgent),
  },
];

const yardParts: readonly PhotoPart[] = [
  {
    part: 'tow-slip',
    title: '拖车单',
    section: 'tow',
    hint: '第一时间上传，上传时间即交车时间',
    many: false,
    need: always,
  },
  { part: 'whole', title: '整车', section: 'entry', hint: '左前 45 度，号牌入镜', many: true, need: always },
  { part: 'frame-number', title: '车架号', section: 'entry', hint: '看得清每一位', many: true, need: always },
  {
    part: 'engine-number',
    title: '发动机',
    section: 'entry',
    hint: '发动机号看得清',
    many: true,
    need: (_, build) => when(!build.trailer && !build.pureElectric),
  },
  {
    part: 'drive-motor-number',
    title: '驱动电机',
    section: 'entry',
    hint: '纯电动车拍驱动电机铭牌',
    many: true,
    need: (_, build) => when(build.pureElectric),
  },
  { part: 'vin-stamp', title: '钢印', section: 'entry', hint: '车身打刻的车辆识别代号', many: true, need: always },
  {
    part: 'battery-in-vehicle',
    title: '车载动力电池',
    section: 'entry',
    hint: '电池包铭牌与编码',
    many: true,
    need: (_, build) => (build.newEnergy ? 'optional' : 'none'),
  },
  { part: 'entry-other', title: '其他进场照', section: 'entry', hint: '缺件、事故部位等', many: true, need: optional },
];

const dismantlingParts: readonly PhotoPart[] = [
  { part: 'frame', title: '车架', section: 'dismantling', hint: '断开处入镜，可拍两张', many: true, need: always },
  {
    part: 'engine',
    title: '发动机',
    section: 'dismantling',
    hint: '拆下后的发动机，号码入镜',
    many: true,
    need: (_, build) => when(!build.trailer && !build.pureElectric),
  },
  {
    part: 'drive-motor',
    title: '驱动电机',
    section: 'dismantling',
    hint: '纯电动车拍拆下的驱动电机',
    many: true,
    need: (_, build) => when(build.pureElectric),
  },
  {
    part: 'transmission',
    title: '变速器',
    section: 'dismantling',
    hint: '拆下后的变速器',
    many: true,
    need: (_, build) => (build.pureElectric ? 'optional' : when(!build.trailer)),
  },
  {
    part: 'steering-gear',
    title: '方向机',
    section: 'dismantling',
    hint: '拆下后的方向机',
    many: true,
    need: (_, build) => when(!build.trailer && !build.motorcycle),
  },
  {
    part: 'front-axle',
    title: '前桥',
    section: 'dismantling',
    hint: '拆下后的前桥',
    many: true,
    need: (_, build) => when(!build.trailer && !build.motorcycle),
  },
  {
    part: 'rear-axle',
    title: '后桥',
    section: 'dismantling',
    hint: '挂车拍车轴',
    many: true,
    need: (_, build) => when(!build.motorcycle),
  },
  {
    part: 'destroyed-plate',
    title: '销毁号牌',
    section: 'dismantling',
    hint: '号牌已剪断',
    many: true,
    need: (facts) => when(facts.registeredWithPolice && !facts.papersMissing, 'optional'),
  },
  {
    part: 'vin-stamp-cut',
    title: '钢印部位',
    section: 'dismantling',
    hint: '割下的钢印部位',
    many: true,
    need: always,
  },
  {
    part: 'traction-battery',
    title: '动力蓄电池',
    section: 'dismantling',
    hint: '拆下的电池包，编码入镜',
    many: true,
    need: (facts, build) => when(build.newEnergy && !facts.batteryMissing),
  },
  {
    part: 'battery-statement',
    title: '缺电池情况说明',
    section: 'dismantling',
    hint: '写明电池去向并签章',
    many: true,
    need: (facts, build) => when(build.newEnergy && facts.batteryMissing),
  },
];

const closingParts: readonly PhotoPart[] = [
  {
    part: 'deregistration-proof',
    title: '注销证明',
    section: 'deregistration',
    hint: '车管所出具的注销证明',
    many: true,
    need: always,
  },
  {
    part: 'collector-id-front',
    title: '领证人身份证',
    section: 'collection',
    hint: '人像面，原件',
    many: false,
    paper: 'collector-id-card-front',
    need: always,
  },
  {
    part: 'collection-receipt',
    title: '领取签收单',
    section: 'collection',
    hint: '领证人签字的签收单',
    many: true,
    need: optional,
  },
];

/** Every photograph position there is. */
export const photoParts: readonly PhotoPart[] = [
  ...paperParts,
  ...partyParts,
  ...yardParts,
  ...dismantlingParts,
  ...closingParts,
];

/** The position of that code; undefined for an unknown one. */
export const findPhotoPart = (part: string): PhotoPart | undefined => photoParts.find((one) => one.part === part);

/** The codes of all positions in some sections, whatever the vehicle. */
export const partsOfSections = (ids: readonly SectionId[]): readonly string[] =>
  photoParts.filter(({ section }) => ids.includes(section)).map(({ part }) => part);

/** The positions a section asks for or allows, given the vehicle. */
export const partsOf = (
  section: SectionId,
  facts: VehicleFacts,
): readonly { part: string; title: string; hint: string; many: boolean; required: boolean; wanted: boolean }[] => {
  const build = buildOf(facts);
  return photoParts.flatMap(({ part, title, hint, many, section: of, need }) => {
    const needed = of === section ? need(facts, build) : 'none';
    return needed === 'none'
      ? []
      : [{ part, title, hint, many, required: needed === 'required', wanted: needed === 'wanted' }];
  });
};
