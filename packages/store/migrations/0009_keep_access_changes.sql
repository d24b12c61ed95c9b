-- How old an answer is, and until when it holds, without a walk through a year of stretches for every cell of a page.

-- When cells of a principal were decided otherwise than in the evaluation before. Folded by principal: the ages themselves
-- would tell equal repositories apart, but a change is nearly always one of the same actions in many of them.
-- Without an entry: what was there when principal and place were seen for the first time, and reasons or limits that changed.
-- No foreign keys, for the same reasons as audit.access_block.
create table audit.access_change (
  principal_id bigint not null,
  changed_in_scan bigint not null,
  chunk integer not null,
  unread smallint not null check (unread in (0, 1, 2)),
  actions bytea not null,
  members bytea check ((members is null) = (chunk = -1)),
  account_id text,
  region text
);
comment on table audit.access_change is 'Only ever added to.';
comment on column audit.access_change.changed_in_scan is 'the first scan.evaluation that decided otherwise, or under another condition';
comment on column audit.access_change.unread is '1: unknown before, 2: unknown since then, 0: neither';
comment on column audit.access_change.actions is 'bit of an action: its id';
comment on column audit.access_change.chunk is 'as in audit.repository_set_chunk, and -1 for a registry';
comment on column audit.access_change.members is 'as in audit.repository_set_chunk; null for a registry';
comment on column audit.access_change.account_id is 'of the registry; null for repositories';
-- Without the scan, because equal keys share a place in the index: 7 bytes an entry instead of 28.
create index access_change_of_principal on audit.access_change (principal_id, chunk);

create function audit.verdict_at(
  of_principal bigint, place integer, of_account text, of_region text, at bigint, action smallint
) returns audit.verdict
  -- Not in SQL: within PL/pgSQL such a function is planned again with each call.
  language plpgsql stable parallel safe
  set plan_cache_mode = force_generic_plan
  as $$
declare
  said audit.verdict;
begin
  if place is not null then
    select verdict.* into said
    from audit.repository_stretch(of_principal, place, at) held join audit.verdict on verdict.id = held.verdict_ids[action];
  else
    select verdict.* into said
    from audit.registry_stretch(of_principal, of_account, of_region, at) held
    join audit.verdict on verdict.id = held.verdict_ids[action];
  end if;
  return said;
end
$$;
comment on function audit.verdict_at(bigint, integer, text, text, bigint, smallint) is
  'the answer to one cell at an evaluation; null is denied';

create function audit.decided_stretch(
  of_principal bigint, of_repository bigint, of_account text, of_region text, at bigint, action smallint,
  out since bigint, out until bigint, out is_unread_after boolean, out unread_from bigint[], out unread_until bigint[]
)
  -- As its owner, because whoever may read the view may not read the tables under it.
  language plpgsql stable parallel safe security definer set search_path = pg_catalog
  set plan_cache_mode = force_generic_plan
  as $$
declare
  place integer;
  first_seen bigint;
  changes bigint[];
  kinds smallint[];
  later integer;
  index integer;
  wanted audit.verdict;
  other audit.verdict;
begin
  select repository.position, greatest(principal.first_seen_scan, repository.first_seen_scan)
  into place, first_seen
  from audit.principal left join audit.repository on repository.id = of_repository
  where principal.id = of_principal;
  wanted := audit.verdict_at(of_principal, place, of_account, of_region, at, action);
  if wanted.id is null then
    return;
  end if;
  select coalesce(array_agg(changed_in_scan order by changed_in_scan), '{}'),
    coalesce(array_agg(change.unread order by changed_in_scan), '{}')
  into changes, kinds
  from audit.access_change change
  where change.principal_id = of_principal and change.chunk = coalesce(place >> 8, -1)
    and audit.holds(change.actions, action)
    and case
      when place is not null then audit.holds(change.members, place & 255)
      else change.account_id = of_account and change.region = of_region
    end;
  later := (select count(*) from unnest(changes) as change where change <= at) + 1;
  unread_from := '{}';
  unread_until := '{}';

  -- Back, over stretches that nobody could read, as long as the answer before them was the same.
  index := later - 1;
  loop
    since := case when index = 0 then first_seen else changes[index] end;
    exit when index < 2 or kinds[index] <> 1 or wanted.decision = 'unknown';
    other := audit.verdict_at(of_principal, place, of_account, of_region, changes[index - 1] - 1, action);
    exit when other.id is null or other.decision <> wanted.decision or other.residual_hash is distinct from wanted.residual_hash;
    unread_from := changes[index - 1] || unread_from;
    unread_until := changes[index] || unread_until;
    index := index - 2;
  end loop;

  -- And forth in the same way.
  index := later;
  loop
    until := changes[index];
    is_unread_after := coalesce(kinds[index] = 2, false);
    exit when until is null or not is_unread_after or wanted.decision = 'unknown' or changes[index + 1] is null;
    other := audit.verdict_at(of_principal, place, of_account, of_region, changes[index + 1], action);
    exit when other.id is null or other.decision <> wanted.decision or other.residual_hash is distinct from wanted.residual_hash;
    unread_from := unread_from || changes[index];
    unread_until := unread_until || changes[index + 1];
    index := index + 2;
  end loop;
end
$$;
comment on function audit.decided_stretch(bigint, bigint, text, text, bigint, smallint) is
  'from which evaluation until which a cell is decided as it was at one: stretches of unknown between equal answers do not end it, and are told; until is null while it holds; no values where it was denied';

create or replace function audit.decided_since(
  of_principal bigint, of_repository bigint, of_account text, of_region text, at bigint, actions smallint[]
) returns bigint[]
  language plpgsql stable parallel safe security definer set search_path = pg_catalog
  as $$
declare
  since bigint[] := array_fill(null::bigint, array[cardinality(actions)]);
begin
  for i in 1 .. cardinality(actions) loop
    since[i] := (audit.decided_stretch(of_principal, of_repository, of_account, of_region, at, actions[i])).since;
  end loop;
  return since;
end
$$;
comment on function audit.decided_since(bigint, bigint, text, text, bigint, smallint[]) is
  'the evaluation since which the cells of a principal, and a repository or else a registry, are decided as they were at an evaluation; a stretch of unknown between equal answers does not count';

-- What is there already: the changes between each stretch of a principal on a place and the next one.

create function pg_temp.bits_of(places integer[]) returns bytea
  language plpgsql immutable
  as $$
declare
  bits bytea;
  place integer;
begin
  bits := decode(repeat('00', (select max(each) from unnest(places) as each) / 8 + 1), 'hex');
  foreach place in array places loop
    bits := set_bit(bits, place, 1);
  end loop;
  return bits;
end
$$;

-- Which actions two profiles decide otherwise, by kind; each pair is compared once.
create temp table compared (before integer not null, after integer not null, unread smallint, actions bytea) on commit drop;
create index on compared (before, after);

create function pg_temp.compare(profile_before integer, profile_after integer) returns void
  language sql
  as $$
  insert into compared
  select profile_before, profile_after, unread, pg_temp.bits_of(array_agg(action order by action))
  from (
    select coalesce(old.action, new.action)::integer as action,
      case when past.decision = 'unknown' then 1 when now.decision = 'unknown' then 2 else 0 end as unread
    from (
      select said.* from audit.access_profile, unnest(verdict_ids) with ordinality as said (verdict, action)
      where id = profile_before and verdict is not null
    ) as old
    full join (
      select said.* from audit.access_profile, unnest(verdict_ids) with ordinality as said (verdict, action)
      where id = profile_after and verdict is not null
    ) as new on new.action = old.action
    left join audit.verdict past on past.id = old.verdict
    left join audit.verdict now on now.id = new.verdict
    where old.verdict is distinct from new.verdict
      and (past.decision is distinct from now.decision
        or past.decision <> 'unknown' and past.residual_hash is distinct from now.residual_hash)
  ) as changed
  group by unread
  union all
  -- So that a pair in which nothing changed is known, too.
  select profile_before, profile_after, null, null
$$;

create temp table changed (
  principal_id bigint not null, account_id text, region text, position integer, at bigint not null, before integer not null,
  after integer not null, first_seen bigint not null
) on commit drop;

-- So many at a time that neither memory nor the number of rounds gets out of hand.
do $$
declare
  batch record;
begin
  for batch in
    select min(id) as first_id, max(id) as last_id
    from (select id, row_number() over (order by id) / 50 as number from audit.principal) as numbered
    group by number order by number
  loop
    insert into changed
    with stretch as (
      select block.principal_id, null::text as account_id, null::text as region, (chunk.chunk << 8) + bit as position,
        block.profile_id, greatest(block.valid_from_scan, chunk.valid_from_scan) as begins,
        least(block.valid_to_scan, chunk.valid_to_scan) as ends
      from audit.access_block block
      join audit.repository_set_chunk chunk on chunk.set_id = block.set_id
        and chunk.valid_from_scan < block.valid_to_scan and chunk.valid_to_scan > block.valid_from_scan
      cross join lateral generate_series(0, length(chunk.members) * 8 - 1) as bit
      where block.principal_id between batch.first_id and batch.last_id and get_bit(chunk.members, bit) = 1
      union all
      select principal_id, account_id, region, null, profile_id, valid_from_scan, valid_to_scan
      from audit.registry_access where principal_id between batch.first_id and batch.last_id
    ), edge as (
      select *,
        lag(profile_id) over same_place as profile_before, lag(ends) over same_place as ended_before,
        lead(begins) over same_place as begins_after
      from stretch
      window same_place as (partition by principal_id, account_id, region, position order by begins)
    ), change as (
      select principal_id, account_id, region, position, begins as at,
        case when ended_before = begins then profile_before else 0 end as before, profile_id as after
      from edge
      union all
      select principal_id, account_id, region, position, ends, profile_id, 0
      from edge where ends < 9223372036854775807 and begins_after is distinct from ends
    )
    select change.principal_id, change.account_id, change.region, change.position, at, before, after,
      greatest(principal.first_seen_scan, repository.first_seen_scan)
    from change
    join audit.principal on principal.id = change.principal_id
    left join audit.repository on repository.target_id = principal.target_id and repository.position = change.position
    where before <> after;

    delete from changed where at <= first_seen;

    perform pg_temp.compare(before, after)
    from (
      select distinct before, after from changed
      where not exists (
        select from compared where compared.before = changed.before and compared.after = changed.after
      )
    ) as fresh;

    insert into audit.access_change
      (principal_id, changed_in_scan, chunk, unread, actions, members, account_id, region)
    select changed.principal_id, at, coalesce(position >> 8, -1), unread, actions,
      case when min(position) is not null then pg_temp.bits_of(array_agg(position & 255)) end, account_id, region
    from changed join compared
      on compared.before = changed.before and compared.after = changed.after and compared.actions is not null
    group by changed.principal_id, at, coalesce(position >> 8, -1), unread, actions, account_id, region
    order by changed.principal_id, at;
    truncate changed;
  end loop;
end
$$;
drop function pg_temp.compare(integer, integer);
drop function pg_temp.bits_of(integer[]);
