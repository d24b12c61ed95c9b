-- Events that are told one by one: what somebody was refused at a registry, and deletions of images. Use is counted only, and of
-- these it matters when each one was.

create table audit.notable_event (
  id uuid primary key,
  at timestamptz not null,
  -- Not jsonb, which refuses characters that names may have.
  content json not null
);
create index notable_event_at on audit.notable_event (at);
comment on column audit.notable_event.id is 'eventID, or sharedEventID where two accounts have a copy; of ids that are no UUID, their hash';
comment on column audit.notable_event.content is 'the event without its request, and the repositories that it was about';
