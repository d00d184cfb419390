-- What happened to each message. Times have their zone; texts are cut to their columns.

create table message (
  queue_id   varchar(16) ${order} not null primary key,
  message_id varchar(1000) not null,
  source     varchar(200) not null,
  name       varchar(1000) not null,
  subject    varchar(1000) not null,
  sender     varchar(400) not null,
  bytes      bigint not null,
  received   timestamp(6) with time zone not null
);
-- the newest first, and what is too old
create index message_received on message (received, queue_id);

create table recipient (
  queue_id varchar(16) ${order} not null,
  address  varchar(400) not null,
  outcome  varchar(16) not null,
  lane     varchar(100) not null,
  since    timestamp(6) with time zone not null,
  primary key (queue_id, address)
);
-- what failed lately
create index recipient_outcome on recipient (outcome, queue_id);

create table event (
  id         varchar(32) ${order} not null primary key,
  queue_id   varchar(16) ${order} not null,
  happened   timestamp(6) with time zone not null,
  kind       varchar(20) not null,
  lane       varchar(100) not null,
  sent_by    varchar(20) not null,
  recipients varchar(20000) not null,
  attempt    int not null,
  took       bigint not null,
  reply      varchar(4000) not null,
  reason     varchar(4000) not null,
  remedy     varchar(4000) not null,
  next_try   timestamp(6) with time zone
);
create index event_message on event (queue_id, happened);

-- each word by which a message is found, in lower case
create table term (
  word     varchar(100) ${order} not null,
  queue_id varchar(16) ${order} not null,
  primary key (word, queue_id)
);
create index term_message on term (queue_id, word);
