//! A server process that can't outlive us.
//!
//! The server is the child of a small shell that holds the reading end of a pipe; we hold the writing end and never
//! write. When the pipe closes, the shell kills the server and removes its folder. The pipe closes when the handle is
//! dropped, and the kernel closes it when our process ends for whatever reason: a panic, an abort, `kill -9`, or a
//! `static` that is never dropped. The shell has its own process group, so that Ctrl-C in a terminal reaches us and
//! not the server.
//!
//! What this does not cover: a `kill -9` of the shell itself leaves the server running.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use anyhow::Context;

/// `$0` is the folder, `$@` the server and its arguments. The watcher leaves a server alone that has ended by itself:
/// its process id may belong to somebody else by then.
const SCRIPT: &str = r#"
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(
    read -r _ <&3
    [ -e "$0/exited" ] || kill -KILL "$server"
) &
wait "$server"
echo "$?" >"$0/exited"
wait
rm -rf -- "$0"
"#;

/// A running server. Dropping it kills the server, removes its folder, and waits for both.
#[derive(Debug)]
pub(crate) struct Supervisor {
    shell: Child,
    folder: PathBuf,
}

impl Supervisor {
    /// Starts `program` and takes over `folder`: nobody else may remove it.
    pub(crate) fn start<I, S>(folder: PathBuf, program: &Path, arguments: I) -> anyhow::Result<Self>
    where
        I: IntoIterator<Item = S>,
        S: AsRef<OsStr>,
    {
        let shell = Command::new("/bin/sh")
            .args(["-c", SCRIPT])
            .arg(&folder)
            .arg(program)
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("could not start /bin/sh, which watches over the server")?;
        Ok(Self { shell, folder })
    }

    /// The server's folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether the server has ended by itself. Its folder is still there.
    pub(crate) fn exited(&self) -> bool {
        self.folder.join("exited").exists()
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        drop(self.shell.stdin.take());
        // Nothing to be done about a failure here; the folder is in the system's temporary folder.
        let _ = self.shell.wait();
    }
}
