-- Messages go to several places, and one that is away must not hold up the others: what became of each is kept for each.

create table audit.outbox_delivery (
  outbox_id bigint not null references audit.outbox (id) on delete cascade,
  sink text not null,
  state text not null default 'waiting' check (state in ('waiting', 'delivered', 'skipped', 'dead')),
  attempts integer not null default 0,
  next_attempt_at timestamptz not null default now(),
  first_failed_at timestamptz,
  settled_at timestamptz check ((settled_at is null) = (state = 'waiting')),
  last_failure text,
  -- How much of a message in several parts has arrived, in the sink's own words.
  progress jsonb,
  primary key (outbox_id, sink)
);
create index outbox_delivery_waiting on audit.outbox_delivery (sink, outbox_id) where state = 'waiting';
create index outbox_delivery_dead on audit.outbox_delivery (sink, outbox_id) where state = 'dead';
comment on column audit.outbox_delivery.state is 'skipped: the sink does not tell such messages; dead: given up, until somebody sends it again';

-- What was tried before goes out again at once.
alter table audit.outbox drop column attempts, drop column next_attempt_at, drop column last_failure;
comment on column audit.outbox.delivered_at is 'when the last sink had it, skipped it or had given it up';
