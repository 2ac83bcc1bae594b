/** The sixteen districts of Shanghai by their codes. Source: GB/T 2260. */
export const shanghaiDistricts: Readonly<Record<string, string>> = Object.freeze({
  '310101': '黄浦区',
  '310104': '徐汇区',
  '310105': '长宁区',
  '310106': '静安区',
  '310107': '普陀区',
  '310109': '虹口区',
  '310110': '杨浦区',
  '310112': '闵行区',
  '310113': '宝山区',
  '310114': '嘉定区',
  '310115': '浦东新区',
  '310116': '金山区',
  '310117': '松江区',
  '310118': '青浦区',
  '310120': '奉贤区',
  '310151': '崇明区',
});

/** The code of a district as people write it: its code, its name, or its name without 区; undefined for anything else. */
export const districtCodeOf = (text: string): string | undefined =>
  Object.entries(shanghaiDistricts).find(([code, name]) => text === code || text === name || `${text}区` === name)?.[0];

/** A district's name; the code itself for one outside Shanghai. */
export const districtName = (code: string): string =>
  Object.hasOwn(shanghaiDistricts, code) ? (shanghaiDistricts[code] ?? code) : code;
