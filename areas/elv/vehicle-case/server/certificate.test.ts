import { describe, expect, test } from 'vitest';
import { chineseFonts } from '#practices/printed-document/server/chinese-fonts.ts';
import { beginDocument, textWidthIn } from '#practices/printed-document/server/printed-document.ts';
import { qrRuns } from '#practices/printed-document/server/qr-code.ts';
import { type ReadPdf, readPdf, unreadable } from '#testkit/read-pdf.ts';
import { certificateCopies } from '../model/certificate-form.ts';
import { emptyRecord, type VehicleCase } from '../model/vehicle-case.record.ts';
import { type CertificateOptions, certificateFile, type PrintedCase } from './certificate.ts';

const now = new Date('2026-11-23T02:20:00.000Z');
const qrUrl = 'https://qclt.mofcom.gov.cn/verify/elv?carid=8f2c7a11-5d3e-4a0b-9a55-0d6e2b7f1c90';
const certificate = { certificateNo: 'SIM-310000-0001-20261123-00001', issuedOn: '2026-11-22', qrUrl };

const car = {
  plateNo: '沪A12345',
  plateTypeCode: '02',
  vin: 'LSVAA49J132033171',
  vehicleTypeCode: 'K33',
  useNatureCode: 'A',
  fuelTypeCode: 'A',
  brandModel: '大众汽车牌SVW71612BM',
  engineNo: 'BWG123456',
  registrationDate: '2009-05-20',
  curbWeightKg: 1395,
};
const person = {
  ownerKind: 'person',
  ownerName: '张建国',
  ownerIdentityNo: '310101197505204512',
  ownerPhone: '13812345678',
  ownerAddress: '上海市黄浦区人民路300号5幢1201室',
};

interface Drafts {
  readonly papers?: object;
  readonly owner?: object;
  readonly dismantling?: object;
  readonly enterpriseName?: string;
  readonly record?: Partial<VehicleCase>;
}

const loadedCase = ({ papers, owner, dismantling, enterpriseName, record }: Drafts = {}): PrintedCase => {
  const empty = emptyRecord(true);
  const sections = {
    ...empty.sections,
    papers: { ...empty.sections.papers, ...car, ...papers },
    owner: { ...person, ...owner },
    dismantling: { ...dismantling },
  };
  const filled = { ...empty, sections, certificate, handedOverAt: '2026-11-19T17:30:00.000Z' };
  return {
    row: {
      id: '0198a6f0-0000-7000-8000-000000000001',
      case_no: 'ELV-20261120-0007',
      open_key: 'key',
      origin_key: null,
      lifecycle_version: 1,
      state: 'certified',
      version: 12,
      round: 1,
      holds: '',
      enterprise_id: 'enterprise',
      district_code: '310115',
      enterprise_name: enterpriseName ?? '上海宝山报废汽车回收拆解有限公司',
      enterprise_code: '91310113MADEMA0198',
      opened_by: 'clerk',
      opened_at: now,
      state_since: now,
      change_no: null,
      deadline_at: null,
      held_since: null,
      held_deadline: null,
      plate_no: car.plateNo,
      plate_type_code: car.plateTypeCode,
      vin: car.vin,
      vin_reversed: [...car.vin].reverse().join(''),
      brand_model: car.brandModel,
      vehicle_type_code: car.vehicleTypeCode,
      owner_name: person.ownerName,
      owner_identity_index: null,
      owner_phone_index: null,
      marks: ',',
    },
    snapshot: {
      id: '0198a6f0-0000-7000-8000-000000000001',
      lifecycleVersion: 1,
      state: 'certified',
      version: 12,
      round: 1,
      holds: [],
      record: { ...filled, photos: [], checks: {}, ...record },
    },
  };
};

const printed = async (loaded: PrintedCase, more: Partial<CertificateOptions> = {}): Promise<Buffer> => {
  const options = { copies: 'owner', demo: false, printedBy: '李拆解', now, ...more } as const;
  const { stream } = await certificateFile(loaded, options);
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
};
const textOf = (pdf: ReadPdf): string => pdf.pages.map(({ text }) => text).join('\n');
const printedText = async (drafts: Drafts, more: Partial<CertificateOptions> = {}): Promise<string> =>
  textOf(readPdf(await printed(loadedCase(drafts), more)));

const batteryCodes = Array.from({ length: 12 }, (_, index) => `001PB1234567ABC9123456${index + 10}`);

describe('R06: the printed recycling certificate', () => {
  test('R06: its page tells every field of the form, readable to whoever copies or searches it', async () => {
    const text = await printedText({ papers: { fuelTypeCode: 'C' }, dismantling: { batteryCodes } });

    const told = [
      ...['报废机动车回收证明', '上海宝山报废汽车回收拆解有限公司', 'SIM-310000-0001-20261123-00001'],
      ...['张建国', '310101197505204512', '13812345678', '上海市黄浦区人民路300号5幢1201室'],
      ...['2026年11月20日', '2009年05月20日', '沪A12345', '小型轿车', '非营运', '大众汽车牌SVW71612BM'],
      ...['LSVAA49J132033171', '1395 kg', 'BWG123456', '2026年11月22日', ...batteryCodes],
      ...['上海市商务委员会监印', '回收企业（章）', '经办人（签字）', '扫码验真 qclt.mofcom.gov.cn'],
      ...['案卷 ELV-20261120-0007', '打印 李拆解 2026-11-23 10:20'],
    ];
    expect(told.filter((one) => !text.includes(one))).toEqual([]);
    expect(text).toContain('动力类别电');
    expect(text).not.toContain(unreadable);
  });

  test('R06: all copies are six pages named in order, the owner alone gets the first', async () => {
    const all = readPdf(await printed(loadedCase(), { copies: 'all' }));
    const own = readPdf(await printed(loadedCase()));

    expect(all.pages.map(({ text }) => certificateCopies.filter((copy) => text.includes(copy)))).toEqual(
      certificateCopies.map((copy) => [copy]),
    );
    expect(own.pages).toHaveLength(1);
    expect(own.pages[0]?.text).toContain('① 车主留存');
  });

  test('R06: pages are A5 across, with both faces embedded as subsets', async () => {
    const { pages, fonts } = readPdf(await printed(loadedCase()));

    expect(pages.map(({ widthPt, heightPt }) => [widthPt, heightPt])).toEqual([[595.28, 419.53]]);
    expect(fonts.map((name) => name.replace(/^[A-Z]{6}\+/, '')).sort()).toEqual([
      'NotoSansSC-Bold',
      'NotoSansSC-Regular',
    ]);
  });

  test('R06: a page is small enough for a slow line', async () => {
    expect((await printed(loadedCase())).length).toBeLessThan(60_000);
    expect((await printed(loadedCase(), { copies: 'all' })).length).toBeLessThan(100_000);
  });

  test('R06: the code to scan carries the address the national system gave', async () => {
    const boxes = readPdf(await printed(loadedCase())).pages[0]?.boxes ?? [];
    const { size, runs } = qrRuns(qrUrl);
    const white = boxes.findIndex(({ width, height }) => width === height);
    const square = boxes[white] ?? { x: 0, y: 0, width: 0, height: 0 };
    const unit = square.width / (size + 8);
    const modules = (pt: number): number => Math.round(pt / unit);
    const dark = boxes.slice(white + 1, white + 1 + runs.length);

    expect(
      dark.map(({ x, y, width }) => [modules(x - square.x) - 4, modules(y - square.y) - 4, modules(width)]),
    ).toEqual(runs.map(({ x, y, length }) => [x, y, length]));
  });

  test('R06: without an address there is no code, and the page says so', async () => {
    const text = await printedText({ record: { certificate: { ...certificate, qrUrl: null } } });

    expect(text).toContain('验真二维码未取得');
    expect(text).not.toContain('扫码验真');
  });

  test('R06: rare characters are printed; one the font lacks is marked and named at the foot', async () => {
    const text = await printedText({ owner: { ownerName: '㛃䶮·𬎆' } });

    expect(text).toContain('㛃䶮·〓');
    expect(text).toContain('请按证件手写补正：车主名称 U+2C386');
    expect(await printedText({ owner: { ownerName: '㛃䶮·㐱' } })).not.toContain('〓');
  });

  test('R06: only a demo system prints the watermark, on every page', async () => {
    const demo = readPdf(await printed(loadedCase(), { copies: 'all', demo: true }));
    const marked = demo.pages.filter(({ runs }) => runs.some(({ text, sizePt }) => text === '演示' && sizePt > 100));

    expect(marked).toHaveLength(6);
    expect(await printedText({})).not.toContain('演示');
  });

  test('R06: the fullest certificate there can be keeps every line on the page, apart from every other', async () => {
    const drafts = {
      enterpriseName:
        '上海新能源汽车循环利用与报废机动车回收拆解综合服务（集团）有限责任公司青浦白鹤分公司第二拆解中心',
      papers: {
        brandModel: '东风牌'.padEnd(60, '改装仓栅式货车'),
        engineNo: 'ISDE'.padEnd(30, '7'),
        vin: 'W'.repeat(30),
      },
      owner: {
        ownerKind: 'organisation',
        ownerCreditCode: '91310115MADEMA0198',
        ownerName: '中国（上海）自由贸易试验区临港新片区'.padEnd(60, '国际集装箱储运'),
        ownerAddress: '上海市浦东新区老港镇良欣路456弄1-88号'.padEnd(120, '第三期标准厂房东侧'),
        ownerPhone: '021-58881234-801234',
      },
      dismantling: { batteryCodes: batteryCodes.map((code) => code.padEnd(40, 'W')) },
      record: { certificate: { ...certificate, certificateNo: 'W'.repeat(40), qrUrl: qrUrl.padEnd(300, 'x') } },
    };
    const { runs, text } = readPdf(await printed(loadedCase(drafts))).pages[0] ?? { runs: [], text: '' };
    const { ownerKind: _, ...owner } = drafts.owner;
    const told = [
      drafts.enterpriseName,
      ...Object.values({ ...drafts.papers, ...owner }),
      ...drafts.dismantling.batteryCodes,
    ];
    expect(told.filter((one) => !text.includes(one))).toEqual([]);

    const widthOf = textWidthIn(
      beginDocument(await chineseFonts(), { title: '', author: '', createdAt: now, widthPt: 1, heightPt: 1 }),
    );
    const lines = runs.map((run) => ({ ...run, right: run.x + widthOf(run.text, run.sizePt, false) }));
    const overlaps = lines.filter((one, index) =>
      lines.slice(index + 1).some((other) => {
        const beside = one.right <= other.x || other.right <= one.x;
        return !beside && Math.abs(one.y - other.y) < Math.min(one.sizePt, other.sizePt);
      }),
    );
    expect(overlaps).toEqual([]);
    expect(lines.filter(({ x, right, y, sizePt }) => x < 28 || right > 568 || y < 5 || y + sizePt > 415)).toEqual([]);
  });

  test('R06: the same certificate printed at the same moment is the same file', async () => {
    const [first, second] = [await printed(loadedCase()), await printed(loadedCase())];

    expect(first.equals(second)).toBe(true);
  });

  test('R06: the file is named by the certificate and shown rather than saved', async () => {
    const options = { demo: false, printedBy: '李拆解', now } as const;
    const { fileName, mediaType, disposition } = await certificateFile(loadedCase(), { ...options, copies: 'owner' });

    expect({ fileName, mediaType, disposition }).toEqual({
      fileName: '回收证明（车主联） SIM-310000-0001-20261123-00001.pdf',
      mediaType: 'application/pdf',
      disposition: 'inline',
    });
  });

  test('R06: a case without a certificate prints none', async () => {
    await expect(printed(loadedCase({ record: { certificate: null } }))).rejects.toThrow('no certificate');
  });
});
