//! OBJ: objectives and the fiches that carry them out.
