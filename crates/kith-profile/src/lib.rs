//! kith-profile.
