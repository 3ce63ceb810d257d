//! Files of strangers, and worlds that fail: what comes in costs no more than it may, leads nowhere, and whatever happens is
//! told; what goes out is whole, and stands where the user has said.

mod faults;
mod limits;
#[cfg(unix)]
mod paths;
mod supply;
mod writing;
