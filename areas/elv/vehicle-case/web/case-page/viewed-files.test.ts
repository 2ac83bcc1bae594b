import { expect, test } from 'vitest';
import type { PhotoView, SectionId } from '../../model/vehicle-case.views.ts';
import { judgedSections } from './judged.ts';
import { viewedFiles } from './viewed-files.ts';

const photo = (id: string, section: SectionId, viewable = true): PhotoView => ({
  id,
  part: id,
  title: id,
  section,
  fileName: `${id}.jpg`,
  mediaType: 'image/jpeg',
  sizeBytes: 1_000,
  sm3: 'a'.repeat(64),
  uploadedAt: '2026-11-23T02:00:00.000Z',
  operatorName: '周一演示',
  deviceTime: null,
  place: null,
  removable: false,
  viewable,
  ocr: { status: 'none', progress: 0, message: null },
});

const photos = [
  photo('licence', 'papers'),
  photo('card', 'owner', false),
  photo('slip', 'tow'),
  photo('whole', 'entry'),
  photo('frame', 'dismantling'),
];
const shown = (state: string): readonly string[] =>
  viewedFiles({ id: 'c1', photos }, judgedSections(state)).map(({ id }) => id);

test('R02–R04: a reviewer sees first what is judged, in the order of judging, and never what is hidden from them', () => {
  expect(shown('deskReview')).toEqual(['licence', 'slip', 'whole', 'frame']);
  expect(shown('entryReview')).toEqual(['slip', 'whole', 'licence', 'frame']);
  expect(shown('dismantleReview')).toEqual(['frame', 'whole', 'licence', 'slip']);
  expect(shown('closed')).toEqual(['licence', 'slip', 'whole', 'frame']);
});

test('R03: operator, time, device time, place and digest stand with a photograph', () => {
  const taken = { ...photo('frame', 'dismantling'), deviceTime: '2026-11-23T01:59:00.000Z', place: '31.2, 121.5' };
  const [file] = viewedFiles({ id: 'c1', photos: [taken] });
  expect(file?.facts.map(({ title }) => title)).toEqual(['上传', '拍摄设备时间', '地点', '大小', 'SM3']);
  expect(file?.facts[0]?.text).toContain('周一演示');
});
