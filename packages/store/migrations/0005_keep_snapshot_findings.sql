-- What a report needs of a snapshot besides its access, such as which policies add nothing, takes seconds to prove: one keeps it for the next.

create table audit.snapshot_findings (
  scan_id uuid primary key references audit.scan (id) on delete cascade,
  version text not null,
  -- Not jsonb, which refuses characters that names in policies may have.
  findings json not null
);
comment on column audit.snapshot_findings.version is 'of the rules; those of others are proved again';
