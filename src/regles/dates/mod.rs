//! DAT: duration, effect, deadlines, dialogues.
