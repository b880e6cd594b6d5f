//! Each fault happens to the requests it is meant for, as often as it is meant to, and to no others.

mod copies;
mod requests;
mod things;
mod turns;
