//! Tests of saved views.
