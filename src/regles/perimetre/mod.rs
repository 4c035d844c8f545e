//! PER: establishments, capacities, references between the parts of the file.
