/** Certificates by which the system's own authority says whose a signing key is. `number` of the authority's own is its name, so that there is one. Source: tender R55, T5.7. */
export const signingCertificateMigration = {
  id: 'kernel/0061-signing-certificate',
  appendOnly: ['kernel.signing_certificate'],
  sql: `
create table kernel.signing_certificate (
  number varchar(40) primary key,
  owner_id varchar(64) not null,
  public_key varchar(140) not null,
  pem text not null,
  not_before timestamptz not null,
  not_after timestamptz not null
);
create index signing_certificate_key on kernel.signing_certificate (public_key, not_before);
`,
};
