import { readFileSync } from 'node:fs';

/** The operating-system user the database runs as; undefined when we are not root and it runs as ourselves. */
export interface OsUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** PostgreSQL refuses to run as root: then `postgres` is used where it exists, else `nobody`. */
export const databaseUser = (): OsUser | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  for (const name of ['postgres', 'nobody']) {
    const found = users.find(([user]) => user === name);
    if (found) return { name, uid: Number(found[2]), gid: Number(found[3]) };
  }
  throw new Error('以 root 启动时需要系统用户 postgres 或 nobody 来运行内嵌数据库');
};
