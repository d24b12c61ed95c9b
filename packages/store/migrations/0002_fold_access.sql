-- Access is folded: a row a cell would be 20 million rows for 2,000 principals, 1,000 repositories and 60 actions.

-- Where a repository stands in the sets of its target: dense, and never given again.
alter table audit.repository add column position integer;
update audit.repository set position = numbered.position
from (
  select id, row_number() over (partition by target_id order by arn collate "C") - 1 as position from audit.repository
) as numbered
where numbered.id = repository.id;
alter table audit.repository alter column position set not null, add unique (target_id, position);
comment on column audit.repository.position is 'which bit it is in the sets of its target';

-- Every scan says of every subject that it was seen; room on the page keeps that out of the indexes.
alter table audit.principal set (fillfactor = 70);
alter table audit.repository set (fillfactor = 70);

-- What one principal may do now, in one value: a principal whose hash stays has nothing to be compared.
alter table audit.principal add column access_hash bytea;
comment on column audit.principal.access_hash is 'SHA-256 of its access that is valid; null where it has none';

-- Every action and capability that was ever answered; `id` is its place in the lists of profiles.
create table audit.action (
  id smallint primary key check (id > 0),
  name text collate "C" not null unique
);

-- Every answer that was ever given. Never changed and never deleted, like the contents that it refers to.
create table audit.verdict (
  id integer generated always as identity primary key,
  hash bytea not null unique check (length(hash) = 32),
  decision text not null check (decision in ('allowed', 'conditional', 'unknown')),
  residual_hash bytea,
  reasons_hash bytea not null,
  limits_hash bytea not null
);
comment on column audit.verdict.hash is 'SHA-256 of the four other columns as text, one a line, the hashes in hex';
comment on column audit.verdict.reasons_hash is
  'reasons may say @principal and @repository for the ARNs of the cell, so that many cells share them';

-- What is the same wherever it holds. A list, because a row an action takes five times the space.
create table audit.access_profile (
  id integer generated always as identity primary key,
  hash bytea not null unique check (length(hash) = 32),
  verdict_ids integer[] not null,
  decisions text[] not null
);
comment on column audit.access_profile.hash is 'SHA-256 of the list as text, with commas between';
comment on column audit.access_profile.decisions is 'those that occur, so that a search for one can leave the others out';
comment on column audit.access_profile.verdict_ids is 'the answer to the action with this place as its id; null is denied';

-- The repositories of a set, 256 to a row, each row for as long as they stayed the same. A row a member would be 850,000
-- rows instead of 14,000 for 3,600 sets, and one member that comes or goes costs about as many bytes either way.
create sequence audit.repository_set_id as integer;
create table audit.repository_set_chunk (
  target_id bigint not null,
  valid_from_scan bigint not null,
  valid_to_scan bigint not null default 9223372036854775807,
  set_id integer not null,
  chunk integer not null,
  members bytea not null
);
comment on column audit.repository_set_chunk.chunk is 'position of its repositories divided by 256';
comment on column audit.repository_set_chunk.members is 'bit of a repository: position modulo 256; zero bytes at the end are left out';
create index repository_set_chunk_of_set on audit.repository_set_chunk (set_id, chunk, valid_to_scan);
create index repository_set_chunk_valid on audit.repository_set_chunk (target_id, valid_to_scan, chunk);

-- What principals hold: a profile over a set of repositories. A cell holds at an evaluation where a block of its principal
-- is valid, whose set has its repository then, and whose profile has a verdict for its action.
-- No foreign keys: the only writer resolves every id in the same transaction, nothing that it refers to is ever deleted,
-- and with keys the first 600,000 cells of the table before took 43 s instead of 26 s.
create table audit.access_block (
  principal_id bigint not null,
  valid_from_scan bigint not null,
  valid_to_scan bigint not null default 9223372036854775807,
  set_id integer not null,
  profile_id integer not null
);
comment on column audit.access_block.valid_from_scan is 'scan.evaluation in which the row became true';
comment on column audit.access_block.valid_to_scan is
  'scan.evaluation in which it ceased to be true; the largest bigint while it is, so that one range of an index finds what is valid';
create index access_block_of_principal on audit.access_block (principal_id, valid_to_scan);
create index access_block_of_set on audit.access_block (set_id, valid_to_scan);

-- The actions of a registry that have no repository.
create table audit.registry_access (
  principal_id bigint not null,
  valid_from_scan bigint not null,
  valid_to_scan bigint not null default 9223372036854775807,
  profile_id integer not null,
  account_id text not null,
  region text not null
);
comment on column audit.registry_access.account_id is 'of the registry';
create index registry_access_of_principal on audit.registry_access (principal_id, valid_to_scan);

create function audit.holds(members bytea, place integer) returns boolean
  language sql immutable parallel safe
  return case when place < length(members) * 8 then get_bit(members, place) = 1 else false end;
comment on function audit.holds(bytea, integer) is 'whether a chunk has this bit';

-- A table of one row, because Postgres puts only such functions into the plan of whoever calls them.
create function audit.repository_stretch(of_principal bigint, place integer, at bigint)
  returns table (verdict_ids integer[], valid_from bigint)
  language sql stable parallel safe
  as $$
  select profile.verdict_ids, greatest(block.valid_from_scan, (
      -- When the repository came into the set last. The set may have changed in other members since.
      select later.valid_from_scan
      from audit.repository_set_chunk later
      where later.set_id = block.set_id and later.chunk = place >> 8
        and later.valid_from_scan > block.valid_from_scan and later.valid_from_scan <= at
        and later.valid_to_scan > block.valid_from_scan
        and audit.holds(later.members, place & 255)
        and not exists (
          select from audit.repository_set_chunk before
          where before.set_id = later.set_id and before.chunk = later.chunk
            and before.valid_to_scan = later.valid_from_scan and audit.holds(before.members, place & 255)
        )
      order by later.valid_to_scan desc limit 1
    ))
  from audit.access_block block
  join audit.repository_set_chunk held
    on held.set_id = block.set_id and held.chunk = place >> 8 and audit.holds(held.members, place & 255)
  join audit.access_profile profile on profile.id = block.profile_id
  where block.principal_id = of_principal
    and block.valid_from_scan <= at and block.valid_to_scan > at
    and held.valid_from_scan <= at and held.valid_to_scan > at
$$;
comment on function audit.repository_stretch(bigint, integer, bigint) is
  'what a principal had on a repository at an evaluation, and since when without a change; no row where all was denied';

create function audit.registry_stretch(of_principal bigint, of_account text, of_region text, at bigint)
  returns table (verdict_ids integer[], valid_from bigint)
  language sql stable parallel safe
  as $$
  select profile.verdict_ids, held.valid_from_scan
  from audit.registry_access held
  join audit.access_profile profile on profile.id = held.profile_id
  where held.principal_id = of_principal and held.account_id = of_account and held.region = of_region
    and held.valid_from_scan <= at and held.valid_to_scan > at
$$;

create function audit.decided_since(
  of_principal bigint, of_repository bigint, of_account text, of_region text, at bigint, actions smallint[]
) returns bigint[]
  -- As its owner, because whoever may read the view may not read the tables under it.
  language plpgsql stable parallel safe security definer set search_path = pg_catalog
  -- A page calls it for a hundred pairs, and each plan of its own would cost a millisecond.
  set plan_cache_mode = force_generic_plan
  as $$
declare
  place integer;
  earliest bigint;
  found_ids integer[];
  found_from bigint;
  held_from bigint;
  latest integer[];
  later integer[];
  since bigint[] := array_fill(null::bigint, array[cardinality(actions)]);
  -- Whether the walk may still find the same answer, and whether the stretch before the current one had it.
  is_open boolean[] := array_fill(true, array[cardinality(actions)]);
  is_same boolean[] := array_fill(true, array[cardinality(actions)]);
  open_count integer := cardinality(actions);
  verdict integer;
  kind text;
begin
  if of_repository is not null then
    select repository.position, greatest(repository.first_seen_scan, principal.first_seen_scan),
      held.verdict_ids, held.valid_from
    into place, earliest, latest, held_from
    from audit.repository, audit.principal, audit.repository_stretch(principal.id, repository.position, at) held
    where repository.id = of_repository and principal.id = of_principal;
  else
    select principal.first_seen_scan, held.verdict_ids, held.valid_from into earliest, latest, held_from
    from audit.principal, audit.registry_stretch(principal.id, of_account, of_region, at) held
    where principal.id = of_principal;
  end if;
  for i in 1 .. cardinality(actions) loop
    if latest[actions[i]] is null then
      is_open[i] := false;
      open_count := open_count - 1;
    else
      since[i] := held_from;
    end if;
  end loop;
  later := latest;
  -- Nothing was before both were seen for the first time, so most walks end here.
  while open_count > 0 and held_from > earliest loop
    if of_repository is not null then
      select verdict_ids, valid_from into found_ids, found_from
      from audit.repository_stretch(of_principal, place, held_from - 1);
    else
      select verdict_ids, valid_from into found_ids, found_from
      from audit.registry_stretch(of_principal, of_account, of_region, held_from - 1);
    end if;
    exit when not found;
    for i in 1 .. cardinality(actions) loop
      continue when not is_open[i];
      verdict := found_ids[actions[i]];
      if verdict is null then
        kind := 'other';
      elsif verdict = later[actions[i]] then
        kind := case when is_same[i] then 'same' else 'unknown' end;
      else
        select case
            when past.decision = now.decision
              and (now.decision = 'unknown' or past.residual_hash is not distinct from now.residual_hash) then 'same'
            when past.decision = 'unknown' then 'unknown'
            else 'other'
          end
        into kind
        from audit.verdict past, audit.verdict now where past.id = verdict and now.id = latest[actions[i]];
      end if;
      if kind = 'same' then
        since[i] := found_from;
      elsif kind = 'other' then
        is_open[i] := false;
        open_count := open_count - 1;
      end if;
      is_same[i] := kind = 'same';
    end loop;
    later := found_ids;
    held_from := found_from;
  end loop;
  return since;
end
$$;
comment on function audit.decided_since(bigint, bigint, text, text, bigint, smallint[]) is
  'the evaluation since which the cells of a principal, and a repository or else a registry, are decided as they were at an evaluation; a stretch of unknown between equal answers does not count';

drop view audit.effective_access;

create temp table cell on commit drop as
select
  access.principal_id, access.repository_id, access.account_id, access.region, access.action, access.valid_from_scan,
  access.valid_to_scan, access.decision, access.residual_hash, access.reasons_hash, access.limits_hash,
  sha256(convert_to(concat_ws(E'\n', access.decision, coalesce(encode(access.residual_hash, 'hex'), ''),
    encode(access.reasons_hash, 'hex'), encode(access.limits_hash, 'hex')), 'UTF8')) as hash
from audit.access;

insert into audit.action (id, name)
select row_number() over (order by action), action from (select distinct action collate "C" as action from cell) as named;

insert into audit.verdict (hash, decision, residual_hash, reasons_hash, limits_hash)
select distinct on (hash) hash, decision, residual_hash, reasons_hash, limits_hash from cell order by hash;

-- The history of each principal on each repository or registry, cut wherever one of its cells changed.
create temp table stretch on commit drop as
with coded as (
  select cell.*, action.id as action_id, verdict.id as verdict_id
  from cell join audit.action on action.name = cell.action join audit.verdict on verdict.hash = cell.hash
), cut as (
  select principal_id, repository_id, account_id, region, valid_from_scan as at from coded
  union
  select principal_id, repository_id, account_id, region, valid_to_scan from coded where valid_to_scan is not null
), piece as (
  select cut.*, lead(at) over (partition by principal_id, repository_id, account_id, region order by at) as until from cut
)
select
  piece.principal_id, piece.repository_id, piece.account_id, piece.region, piece.at, piece.until,
  (
    select array_agg(held.verdict_id order by place.id)
    from generate_series(1, max(coded.action_id)) as place (id)
    left join lateral (
      select same.verdict_id from unnest(array_agg(coded.action_id), array_agg(coded.verdict_id)) as same (action_id, verdict_id)
      where same.action_id = place.id
    ) held on true
  ) as verdict_ids
from piece
join coded
  on coded.principal_id = piece.principal_id and coalesce(coded.repository_id, 0) = coalesce(piece.repository_id, 0)
  and coded.account_id = piece.account_id and coded.region = piece.region
  and coded.valid_from_scan <= piece.at and (coded.valid_to_scan is null or coded.valid_to_scan > piece.at)
group by piece.principal_id, piece.repository_id, piece.account_id, piece.region, piece.at, piece.until;

insert into audit.access_profile (hash, verdict_ids, decisions)
select sha256(convert_to(array_to_string(verdict_ids, ',', ''), 'UTF8')), verdict_ids,
  (select array_agg(distinct decision order by decision) from audit.verdict where id = any(listed.verdict_ids))
from (select distinct verdict_ids from stretch) as listed;

-- A set for each repository. The next evaluation finds the sets that principals share.
create temp table lone_set on commit drop as
select repository_id, nextval('audit.repository_set_id')::integer as set_id, min(at) as born,
  case when bool_or(until is null) then null else max(until) end as died
from stretch where repository_id is not null
group by repository_id;

insert into audit.repository_set_chunk (target_id, valid_from_scan, valid_to_scan, set_id, chunk, members)
select repository.target_id, lone_set.born, coalesce(lone_set.died, 9223372036854775807), lone_set.set_id, repository.position >> 8,
  set_bit(decode(repeat('00', (repository.position & 255) / 8 + 1), 'hex'), repository.position & 255, 1)
from lone_set join audit.repository on repository.id = lone_set.repository_id;

insert into audit.access_block (principal_id, valid_from_scan, valid_to_scan, set_id, profile_id)
select stretch.principal_id, stretch.at, coalesce(stretch.until, 9223372036854775807), lone_set.set_id, access_profile.id
from stretch join lone_set on lone_set.repository_id = stretch.repository_id
join audit.access_profile on access_profile.verdict_ids = stretch.verdict_ids;

insert into audit.registry_access (principal_id, valid_from_scan, valid_to_scan, profile_id, account_id, region)
select stretch.principal_id, stretch.at, coalesce(stretch.until, 9223372036854775807), access_profile.id, stretch.account_id, stretch.region
from stretch join audit.access_profile on access_profile.verdict_ids = stretch.verdict_ids
where stretch.repository_id is null;

-- Equal to no hash, so that the next evaluation compares all of them.
update audit.principal set access_hash = '\x'
where exists (
  select from audit.access where access.principal_id = principal.id and access.valid_to_scan is null
);

drop table audit.access;

create view audit.effective_access as
select
  target.key as target,
  held.account_id,
  account.name as account_name,
  held.region,
  principal.unique_id as principal_id,
  principal.arn as principal_arn,
  principal.kind as principal_kind,
  principal.account_id as principal_account_id,
  principal.name as principal_name,
  held.repository,
  held.repository_arn,
  action.name as action,
  verdict.decision,
  residual.content as condition,
  audit.condition_text(residual.content) as condition_text,
  (
    select scan.taken_at from audit.scan
    where scan.evaluation = (audit.decided_since(
      held.principal_id, held.repository_id, held.account_id, held.region, 9223372036854775806, array[action.id]
    ))[1]
  ) as since
from (
  select
    block.principal_id, block.profile_id, repository.account_id, repository.region,
    repository.id as repository_id, repository.name as repository, repository.arn as repository_arn
  from audit.access_block block
  join audit.repository_set_chunk chunk on chunk.set_id = block.set_id and chunk.valid_to_scan = 9223372036854775807
  join audit.repository
    on repository.target_id = chunk.target_id and repository.position >> 8 = chunk.chunk
    and audit.holds(chunk.members, repository.position & 255)
  where block.valid_to_scan = 9223372036854775807
  union all
  select principal_id, profile_id, account_id, region, null, null, null
  from audit.registry_access where valid_to_scan = 9223372036854775807
) as held
join audit.principal on principal.id = held.principal_id
join audit.target on target.id = principal.target_id
left join audit.account on account.target_id = principal.target_id and account.account_id = held.account_id
join audit.access_profile on access_profile.id = held.profile_id
cross join lateral unnest(access_profile.verdict_ids) with ordinality as said (verdict_id, action_id)
join audit.verdict on verdict.id = said.verdict_id
join audit.action on action.id = said.action_id
left join audit.residual on residual.hash = verdict.residual_hash;

comment on view audit.effective_access is
  'What each principal may do now: one row for each principal, repository and action. What has no row is denied.';
comment on column audit.effective_access.target is 'what was scanned, such as organization:o-1 or account:111122223333';
comment on column audit.effective_access.account_id is 'AWS account of the registry';
comment on column audit.effective_access.region is 'region of the registry';
comment on column audit.effective_access.principal_id is 'AWS unique id: it survives a rename, and a principal of the same name that is created again has another one';
comment on column audit.effective_access.principal_kind is 'user, role, session, federatedUser, root, service, or external for an account outside the scan';
comment on column audit.effective_access.principal_account_id is 'null for AWS services';
comment on column audit.effective_access.repository is 'null for the actions of a registry that have no repository';
comment on column audit.effective_access.action is 'an ECR action such as ecr:PutImage, or a capability: pull, push';
comment on column audit.effective_access.decision is 'allowed, conditional (see condition), or unknown (something could not be read)';
comment on column audit.effective_access.condition is 'the residual condition as JSON; null when allowed without one';
comment on column audit.effective_access.since is 'time of the first snapshot that showed this decision under this condition';
