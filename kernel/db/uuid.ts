import { randomBytes } from 'node:crypto';

/**
 * Makes UUIDv7: time first, so that keys made one after another lie side by side in an index. Ascending, whatever the times given: who is told a time before the last goes on
 * from the last. Source: RFC 9562 section 5.7.
 */
export const uuidMaker = (): ((now: Date) => string) => {
  let lastMs = 0;
  let counter = 0;
  return (now) => {
    const ms = Math.max(now.getTime(), lastMs);
    counter = ms === lastMs ? counter + 1 : randomBytes(2).readUInt16BE() & 0x3ff;
    lastMs = counter > 0xfff ? ms + 1 : ms;
    if (counter > 0xfff) counter = 0;
    const bytes = randomBytes(16);
    bytes.writeUIntBE(lastMs, 0, 6);
    bytes.writeUInt16BE(0x7000 | counter, 6);
    bytes.writeUInt8(0x80 | (bytes.readUInt8(8) & 0x3f), 8);
    const hex = bytes.toString('hex');
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  };
};

/** No UUIDv7 of that time or later is smaller, as texts are compared. */
export const firstUuidAt = (at: Date): string => {
  const hex = at.getTime().toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** A UUIDv7 of this process, ascending among all of them; see {@link uuidMaker}. */
export const uuidv7 = uuidMaker();
