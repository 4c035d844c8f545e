//! Arguments → command → exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    cpom::cli::executer(std::env::args_os())
}
