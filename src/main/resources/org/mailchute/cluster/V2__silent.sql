-- When somebody last took over from one that had not said that it ends: that one may stand still, with its sessions open.
alter table lease add column silent timestamptz;
