//! Why organisation says no.
