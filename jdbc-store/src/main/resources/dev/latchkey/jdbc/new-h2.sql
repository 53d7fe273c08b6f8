-- What Flyway 9.22.3 notes after the scripts have run: the table with its row in one statement, so that who finds
-- the table finds all the others.
create table "latchkey_schema_history" (
  "installed_rank" int not null,
  "version" varchar(50),
  "description" varchar(200) not null,
  "type" varchar(20) not null,
  "script" varchar(1000) not null,
  "checksum" int,
  "installed_by" varchar(100) not null,
  "installed_on" timestamp default current_timestamp not null,
  "execution_time" int not null,
  "success" boolean not null,
  constraint "latchkey_schema_history_pk" primary key ("installed_rank")
) as
select 1, '1', 'keys', 'SQL', 'V1__keys.sql', -1879630866, current_user, localtimestamp, 0, true;
create index "latchkey_schema_history_s_idx" on "latchkey_schema_history" ("success");
