import { z } from 'zod';
import { type AreaId, areaIds } from './area-ids.ts';

const webUrl = z.url({ protocol: /^https?$/, error: '应为 http:// 或 https:// 开头的地址' });

/** What says which areas run in a process. */
export const areaVariables = { AREAS: z.string().default('all'), PEERS: z.string().default('') };

/** Which areas run in this process, and where the others do. */
export interface AreaSettings {
  readonly areas: readonly AreaId[];
  readonly peers: Readonly<Partial<Record<AreaId, string>>>;
}

const listed = (text: string): readonly string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

const isArea = (text: string): text is AreaId => areaIds.some((id) => id === text);

const areasOf = (text: string, wrong: (text: string) => Error): readonly AreaId[] => {
  if (text.trim() === 'all') return areaIds;
  const areas = listed(text);
  const unknown = areas.filter((one) => !isArea(one));
  if (areas.length === 0 || unknown.length > 0) throw wrong(`设置 AREAS 应为 all，或 ${areaIds.join('、')} 中的几个`);
  return areaIds.filter((id) => areas.includes(id));
};

const peersOf = (text: string, wrong: (text: string) => Error): AreaSettings['peers'] =>
  Object.fromEntries(
    listed(text).map((one) => {
      const [, area = '', url = ''] = /^(\w+)=(.+)$/.exec(one) ?? [];
      if (!isArea(area) || !webUrl.safeParse(url).success)
        throw wrong(
          '设置 PEERS 应为 领域=http:// 或 https:// 开头的地址，以逗号分隔，例如 governance=https://10.0.0.5:8443',
        );
      return [area, url] as const;
    }),
  );

/** Sessions of people go this way. Within one machine nobody listens. */
const isOpenToListeners = (url: string): boolean => {
  const { protocol, hostname } = new URL(url);
  return protocol === 'http:' && !/^(127(\.\d+){3}|localhost|\[::1\])$/.test(hostname);
};

interface Shared {
  readonly MODE: string;
  readonly DUTIES: string;
  readonly DATABASE_URL?: string | undefined;
  readonly POLICE_URL?: string | undefined;
}

/** Several processes share one database and reach the same systems: what the first brings along is not theirs. */
const sharesNothing = ({ DATABASE_URL: database, POLICE_URL: outside }: Shared): boolean =>
  database === undefined || outside === undefined;

/** What is set about areas. Errors: throws what `wrong` makes of a fault. */
export const areaSettings = (
  env: Shared & { readonly AREAS: string; readonly PEERS: string },
  wrong: (text: string) => Error,
): AreaSettings => {
  const areas = areasOf(env.AREAS, wrong);
  const peers = peersOf(env.PEERS, wrong);
  const absent = areaIds.filter((id) => !areas.includes(id) && peers[id] === undefined);
  if (absent.length > 0) throw wrong(`缺少设置 PEERS：本进程不承担 ${absent.join('、')}，必须给出承担它的进程的地址`);
  const own = areas.filter((id) => peers[id] !== undefined);
  if (env.MODE === 'production' && Object.values(peers).some(isOpenToListeners))
    throw wrong(
      '设置 PEERS 在正式运行（MODE=production）时应为 https:// 开头的地址，只有在同一台服务器上（127.0.0.1）才可以用 http://：其中有用户的会话',
    );
  if (own.length > 0) throw wrong(`设置 PEERS 不应包含本进程自己承担的 ${own.join('、')}`);
  if ((env.DUTIES !== 'all' || areas.length < areaIds.length) && sharesNothing(env))
    throw wrong(
      '缺少设置 DATABASE_URL、POLICE_URL：DUTIES 或 AREAS 不为 all 时，各进程共用一个数据库和同一批外部系统，必须给出',
    );
  return { areas, peers };
};
