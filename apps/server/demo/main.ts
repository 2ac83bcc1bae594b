import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { ensureLinkKeys } from '#kernel/connector/link.ts';
import { softwareCrypto } from '#kernel/crypto/software.ts';
import { openDatabase } from '#kernel/db/database.ts';
import { diskStore } from '#kernel/files/store.disk.ts';
import { s3Store } from '#kernel/files/store.s3.ts';
import { systemClock } from '#kernel/time/clock.ts';
import { startEdition } from '../crypto-edition.ts';
import { readSettings, type Settings } from '../settings.ts';
import { ensureDemoCases } from './demo-cases.ts';
import type { DemoSystem } from './system-story.ts';
import { tellingMark } from './telling-mark.ts';

/** The bundled simulators' own key is the first yard's system's as well. */
const enterpriseOf = async ({ outside, linkKeysFile, simulatorsPort }: Settings): Promise<DemoSystem | null> => {
  if (outside !== null) return null;
  const crypto = softwareCrypto(randomBytes(32));
  const { peer } = await ensureLinkKeys(dirname(linkKeysFile), crypto);
  return {
    publicKey: peer.publicKey,
    webhookUrl: `http://127.0.0.1:${simulatorsPort}/enterprise/hook`,
    sign: (text) => crypto.signWith(peer.privateKey, Buffer.from(text, 'utf8')),
  };
};

/**
 * Tells the demo's past, as a program of its own: telling takes far more memory than serving, and a server would keep it. It is given the server's
 * settings, the address of the database and the file the simulators remember in. Demo data can be made again, so nothing waits for the disk.
 */
const main = async (): Promise<void> => {
  // Whoever asked for the telling is gone.
  const leave = (): never => process.exit(1);
  process.once('disconnect', leave);
  const settings = readSettings(process.env, join(import.meta.dirname, '../../..'));
  const { TELLING_DATABASE_URL: url = '', STATE_FILE: stateFile = '' } = process.env;
  const { db, close } = openDatabase({ url, poolSize: 14, hasty: true });
  const { files } = settings;
  const mark = tellingMark(settings.dataDir);
  const owned = settings.databaseUrl === null;
  try {
    await ensureDemoCases({
      db,
      ...(await startEdition(settings, db, systemClock)),
      files: files.kind === 'disk' ? diskStore(files.folder, { hasty: true }) : s3Store(files),
      now: systemClock.now(),
      stateFile,
      count: settings.demoCases,
      enterprise: await enterpriseOf(settings),
      say: (text) => process.stdout.write(`${text}\n`),
      // Only the embedded database is ours alone, to be begun anew when the telling is cut off.
      onBegin: () => {
        if (owned) mark.set();
      },
    });
    if (owned) mark.clear();
  } finally {
    await close();
  }
  process.off('disconnect', leave);
  process.disconnect?.();
};

await main();
