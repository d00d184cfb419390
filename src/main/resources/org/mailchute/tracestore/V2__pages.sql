-- Of the scan; 0 where they are not known.
alter table message add column pages int default 0 not null;
