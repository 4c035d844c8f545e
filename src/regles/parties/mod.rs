//! PAR: who concludes the contract, who signs it, and with what power.
