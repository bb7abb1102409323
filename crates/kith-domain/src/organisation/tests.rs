//! Tests of the organisation.
