-- SQLite keeps these two in the folder `seen`, in sorted runs, so that its append stays sequential.
CREATE UNIQUE INDEX touchpoint_key ON touchpoint (source, id);
CREATE INDEX touchpoint_account ON touchpoint (account_row, position);
