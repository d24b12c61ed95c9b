-- Messages wait for the morning, are found again by what they tell of, and keep their order about one finding.

alter table audit.outbox add column not_before timestamptz;
comment on column audit.outbox.not_before is 'before this it is told to nobody; null is at once';

create table audit.outbox_finding (
  outbox_id bigint not null references audit.outbox (id) on delete cascade,
  target_id bigint not null references audit.target (id),
  fingerprint text collate "C" not null,
  primary key (target_id, fingerprint, outbox_id)
);
create index outbox_finding_of_row on audit.outbox_finding (outbox_id);
comment on table audit.outbox_finding is 'Which findings a message tells of: what tells of the same one keeps its order, and is edited when it changes.';

create function audit.findings_told(kind text, payload jsonb) returns setof text
  language sql immutable
  as $$
  select distinct told ->> 'fingerprint'
  from jsonb_path_query(payload, case kind when 'alert' then '$.findings[*]' else '$.changes[*]' end::jsonpath) as told
  where kind in ('alert', 'finding.changed') and told ->> 'fingerprint' is not null
$$;

-- In the database, because rows are written by scans and by what people do, and none of them may forget it.
create function audit.keep_order_of_findings() returns trigger
  language plpgsql
  as $$
declare
  moved bigint[] := array[new.id];
begin
  insert into audit.outbox_finding (outbox_id, target_id, fingerprint)
  select new.id, scan.target_id, told
  from audit.scan, audit.findings_told(new.kind, new.payload) as told
  where scan.id = new.scan_id;

  if new.kind = 'alert' then
    -- It waits for nobody, and takes along what it would overtake, and what that would overtake.
    while moved <> '{}' loop
      with earlier as (
        update audit.outbox
        set not_before = early.not_before
        from (
          select older.outbox_id,
            case when bool_or(newer_row.not_before is null) then null else min(newer_row.not_before) end as not_before
          from audit.outbox_finding newer
          join audit.outbox newer_row on newer_row.id = newer.outbox_id
          join audit.outbox_finding older using (target_id, fingerprint)
          where newer.outbox_id = any (moved) and older.outbox_id < newer.outbox_id
          group by older.outbox_id
        ) as early
        where outbox.id = early.outbox_id and delivered_at is null
          and outbox.not_before > greatest(coalesce(early.not_before, '-infinity'), now())
        returning outbox.id
      )
      select coalesce(array_agg(id), '{}') into moved from earlier;
    end loop;
  elsif new.kind = 'finding.changed' then
    -- What became of a finding is not told before the finding is.
    update audit.outbox
    set not_before = greatest(outbox.not_before, waiting.not_before)
    from (
      select max(older_row.not_before) as not_before
      from audit.outbox_finding newer
      join audit.outbox_finding older using (target_id, fingerprint)
      join audit.outbox older_row on older_row.id = older.outbox_id
      where newer.outbox_id = new.id and older.outbox_id < new.id and older_row.delivered_at is null
    ) as waiting
    where outbox.id = new.id and waiting.not_before is not null;
  end if;
  return null;
end
$$;
comment on function audit.keep_order_of_findings() is 'messages about one finding are told in the order in which they were written';

create trigger keep_order_of_findings after insert on audit.outbox
  for each row execute function audit.keep_order_of_findings();

insert into audit.outbox_finding (outbox_id, target_id, fingerprint)
select outbox.id, scan.target_id, told
from audit.outbox
join audit.scan on scan.id = outbox.scan_id
cross join lateral audit.findings_told(outbox.kind, outbox.payload) as told;
