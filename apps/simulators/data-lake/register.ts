import { z } from 'zod';

/** A legal person as the lake has it; empty text where the register has nothing. */
export const legalPersonSchema = z.strictObject({
  uscc: z.string().length(18),
  name: z.string().min(1),
  legalRep: z.string(),
  status: z.string().min(1),
  registeredAddr: z.string(),
  scope: z.string(),
  establishedOn: z.string(),
});
/** See {@link legalPersonSchema}. */
export type LegalPerson = z.output<typeof legalPersonSchema>;

const scope = '报废机动车回收、拆解；再生资源回收；报废机动车回用件销售';

const person = (
  uscc: string,
  name: string,
  legalRep: string,
  registeredAddr: string,
  status = '存续',
): LegalPerson => ({
  uscc,
  name,
  legalRep,
  status,
  registeredAddr,
  scope,
  establishedOn: '2009-03-18',
});

/**
 * The made-up enterprises the lake knows from the start. The third moved house and has another legal representative than it says
 * itself. Source: domain 11.2.
 */
export const listedLegalPersons: readonly LegalPerson[] = [
  person('91310115MADEMA0198', '沪示例报废车回收拆解一厂有限公司（演示）', '钱一演示', '上海市浦东新区演示路1号'),
  person('91310112MADEMA027P', '示例循环汽车拆解（闵行）有限公司（演示）', '钱二演示', '上海市闵行区演示路2号'),
  person('91310114MADEMA035F', '演示绿源拆解（嘉定）有限公司', '另有其人演示', '上海市嘉定区新址演示路33号'),
  person('91310118MADEMA0434', '演示新能源车拆解（青浦）有限公司', '钱四演示', '上海市青浦区演示路4号'),
  person('91310120MADEMA051T', '演示报废车服务（奉贤）有限公司', '钱五演示', '上海市奉贤区演示路5号'),
  person('91310117MADEMA06X8', '演示再生车辆拆解（松江）有限公司', '钱六演示', '上海市松江区演示路6号'),
  person('91310113MADEMA078E', '演示循环报废车（宝山）有限公司', '钱七演示', '上海市宝山区演示路7号'),
  person('91310151MADEMA086A', '演示新开拆解（崇明）有限公司', '钱八演示', '上海市崇明区演示路8号'),
];
