-- The vault: one wrapped key a data subject; NULL once destroyed.
CREATE TABLE subject_key (
    subject {key} PRIMARY KEY, wrapped {blob}, destroyed BIGINT NOT NULL
) {compact};
