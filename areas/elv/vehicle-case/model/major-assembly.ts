import { type BuildCodes, buildOf } from './vehicle-class.ts';

/** The five major assemblies; axles are told apart. Source: Regulation 715 art. 12, 13. */
export const assemblyKinds: Readonly<Record<string, string>> = Object.freeze({
  engine: '发动机',
  'drive-motor': '驱动电机',
  'steering-gear': '方向机',
  transmission: '变速器',
  'front-axle': '前桥',
  'rear-axle': '后桥',
  frame: '车架',
});

/** Where an assembly may go. Source: Regulation 715 art. 12. */
export const dispositions: Readonly<Record<string, string>> = Object.freeze({
  'scrap-metal': '作废金属交钢铁企业',
  remanufacture: '售予再制造企业',
  shredding: '破碎处理',
  stock: '暂存待处置',
});

/** The assemblies a vehicle of this build has. */
export const assembliesOf = (codes: BuildCodes): readonly string[] => {
  const { trailer, motorcycle, pureElectric } = buildOf(codes);
  if (trailer) return ['rear-axle', 'frame'];
  const drive = pureElectric ? 'drive-motor' : 'engine';
  if (motorcycle) return [drive, 'transmission', 'frame'];
  return [drive, 'steering-gear', 'transmission', 'front-axle', 'rear-axle', 'frame'];
};
