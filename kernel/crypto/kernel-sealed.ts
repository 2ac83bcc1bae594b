import { inboxPlace } from '#kernel/connector/inbox.store.ts';
import { outboxPlace } from '#kernel/connector/outbox.store.ts';
import { filePlace } from '#kernel/files/file-key.store.ts';
import { type SealedTable, sealedColumns } from './sealed-table.ts';

/** What the kernel itself keeps sealed: messages, people's signing keys, and the data keys of files. */
export const kernelSealed: readonly SealedTable[] = [
  sealedColumns({
    table: 'kernel.outbox',
    title: '发出的报文',
    key: ['id'],
    purpose: 'exchange',
    columns: {
      body: (row) => outboxPlace(row.id ?? '', 'body'),
      answer: (row) => outboxPlace(row.id ?? '', 'answer'),
    },
  }),
  sealedColumns({
    table: 'kernel.inbox',
    title: '收到的报文',
    key: ['id'],
    purpose: 'exchange',
    columns: { body: (row) => inboxPlace(row.id ?? '') },
  }),
  sealedColumns({
    table: 'kernel.signing_key',
    title: '个人签名密钥',
    key: ['owner_id'],
    purpose: 'signing-key',
    columns: { sealed_private_key: (row) => row.owner_id ?? '' },
  }),
  sealedColumns({
    table: 'kernel.file_key',
    title: '文件数据密钥',
    key: ['store_key'],
    purpose: 'file',
    columns: { sealed_key: (row) => filePlace(row.store_key ?? '') },
  }),
];
