//! Files of strangers, and worlds that fail: what comes in costs no more than it may, leads nowhere, and whatever happens is
//! told.

mod faults;
mod limits;
#[cfg(unix)]
mod paths;
