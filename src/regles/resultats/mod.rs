//! RES: how results are allocated.
