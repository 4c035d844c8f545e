//! How a command ended → the exit code of the program.

use std::process::ExitCode;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issue {
    Fait,
    Refuse,
    MauvaisUsage,
    NonVerifiable,
    Defaut,
    Interrompu,
}

impl From<Issue> for ExitCode {
    fn from(issue: Issue) -> Self {
        ExitCode::from(match issue {
            Issue::Fait => 0,
            Issue::Refuse => 1,
            Issue::MauvaisUsage => 2,
            Issue::NonVerifiable => 3,
            Issue::Defaut => 70,
            Issue::Interrompu => 130,
        })
    }
}
