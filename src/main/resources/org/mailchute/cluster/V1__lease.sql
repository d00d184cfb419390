-- Who works: one row a lease. The number grows with each new holder, never with a renewal.
create table lease (
    name text primary key,
    holder text not null, -- of one start of one process
    node text not null, -- the same for people
    number bigint not null,
    until timestamptz not null,
    silent timestamptz -- when it was last taken from one that had not given it back, and may stand still, with sessions open
);

-- Who waits for it.
create table standby (
    holder text primary key,
    node text not null,
    seen timestamptz not null
);

-- What a mailbox sends is counted in a budget; whoever takes of it names the number of the lease under which it was opened last.
create table budget (
    name text primary key,
    number bigint not null
);

create table spending (
    id bigint generated always as identity primary key,
    budget text not null references budget (name),
    many integer not null,
    ended timestamptz -- from when it counts as ended; null while it is under way
);

create index spending_by_budget on spending (budget, ended);
