//! Laws that hold for every noun.
