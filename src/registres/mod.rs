//! Public registers → what they say of the bodies and establishments of a contract, and what differs.
//!
//! A register is a file that someone downloaded: nothing is asked of any network. This room must not know how a contract is
//! printed. A register has a folder: how its files read, what it then says in the words of the contract.

pub mod finess;
