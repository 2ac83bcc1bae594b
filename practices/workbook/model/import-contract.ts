import { z } from 'zod';
import { importFault } from './import-columns.ts';

/** What every import knows of an uploaded file: its lines, those that are right, and what is wrong with the others, the first by line. */
export const importedFile = z.object({
  id: z.string(),
  fileName: z.string(),
  total: z.int(),
  good: z.int(),
  /** How many cells are wrong in all. */
  faultCount: z.int(),
  faults: z.array(importFault),
});

/** One import. */
export const oneImport = z.object({ importId: z.string().min(1).max(64) });

/** One import of which all lines are taken, or those that are right. */
export const acceptedImport = oneImport.extend({ rows: z.enum(['all', 'good']) });

/** How imports are refused, in the words of all of them. */
export const importErrors = {
  NOT_FOUND: { status: 404, message: '没有找到这次导入，可能已过期，请重新上传' },
  FILE_REFUSED: { status: 415, message: '文件不能读取' },
  FAULTY: { status: 422, message: '文件中还有错误，请改正后重新上传，或只导入没有错误的行' },
  NOTHING: { status: 422, message: '没有可以导入的行' },
} as const;
