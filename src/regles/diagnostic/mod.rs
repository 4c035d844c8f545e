//! DIA: from the findings of the diagnosis to the objectives.
