//! Tests of roles and grants.
