//! Trede.
