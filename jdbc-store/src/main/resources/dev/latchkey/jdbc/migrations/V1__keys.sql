-- One script for PostgreSQL and H2: standard types, no partial indexes, no defaults that differ.
create table api_keys (
  id uuid not null primary key,
  provider varchar(200) not null,
  user_id varchar(200) not null,
  key_encrypted varchar(65536) not null,
  key_fingerprint varchar(64) not null,
  key_hint varchar(8) not null,
  source varchar(40) not null,
  status varchar(20) not null,
  priority integer not null,
  attributes varchar(10000),
  daily_limit bigint,
  monthly_limit bigint,
  used_today bigint default 0 not null,
  used_this_month bigint default 0 not null,
  usage_day date,
  usage_month date,
  success_count bigint default 0 not null,
  error_count bigint default 0 not null,
  consecutive_errors bigint default 0 not null,
  cooldown_until timestamp with time zone,
  last_used_at timestamp with time zone,
  last_error varchar(1000),
  last_validated timestamp with time zone,
  auto_renewed boolean default false not null,
  last_renewal_at timestamp with time zone,
  generation bigint not null,
  provider_ref varchar(1000),
  expires_at timestamp with time zone,
  created_at timestamp with time zone not null,
  updated_at timestamp with time zone not null
);
create index api_keys_by_owner on api_keys (provider, user_id, priority);
create index api_keys_by_change on api_keys (updated_at, id);
create index api_keys_by_expiry on api_keys (expires_at);

create table key_events (
  id bigint generated always as identity primary key,
  happened_at timestamp with time zone not null,
  event varchar(40) not null,
  provider varchar(200) not null,
  user_id varchar(200) not null,
  key_mask varchar(100) not null,
  reason varchar(1000) not null
);
create index key_events_by_owner on key_events (provider, user_id, happened_at);

create table key_usage (
  key_id uuid not null,
  user_id varchar(200) not null,
  usage_day date not null,
  success_count bigint not null,
  error_count bigint not null,
  last_used_at timestamp with time zone not null,
  primary key (key_id, user_id, usage_day)
);

-- leased_key is the key's id while an attempt is under way, else null: its uniqueness is the lease.
-- lease_until is until when nobody else may touch the row: lease, grace time or cleaner's claim.
create table key_renewals (
  id bigint generated always as identity primary key,
  key_id uuid not null,
  leased_key uuid unique,
  holder uuid not null,
  provider varchar(200) not null,
  user_id varchar(200) not null,
  generation bigint not null,
  mint_name varchar(400) not null,
  state varchar(20) not null,
  provider_ref varchar(1000),
  retired_ref varchar(1000),
  error varchar(1000),
  begun_at timestamp with time zone not null,
  lease_until timestamp with time zone not null
);
create index key_renewals_by_key on key_renewals (key_id, id);
create index key_renewals_by_owner on key_renewals (provider, user_id, begun_at);
create index key_renewals_by_state on key_renewals (provider, state, lease_until);
