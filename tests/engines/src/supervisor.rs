//! Processes that can't outlive us, and their folder.
//!
//! A small shell, the watcher, holds the reading end of a pipe and we hold the writing end. We tell it which process
//! group to end; when the pipe closes, it kills that group and removes the folder. The pipe closes when the handle is
//! dropped, and the kernel closes it when our process ends for whatever reason: a panic, an abort, `kill -9`, or a
//! `static` that is never dropped. Watcher and processes have groups of their own, so that Ctrl-C in a terminal reaches
//! us and not them.
//!
//! What this does not cover: a `kill -9` of the watcher itself leaves the processes running.

use std::io::Write;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use anyhow::Context;

/// `$0` is the folder. Each line names the group to kill instead of the one before; an empty line names none. What was
/// killed may go on writing for a moment, so the folder may take more than one attempt.
const WATCHER: &str = r#"
group=
while read -r line; do group=$line; done
[ -z "$group" ] || kill -s KILL -- "-$group"
for attempt in 1 2 3 4 5 6 7 8 9 10; do
    rm -rf -- "$0" && break
    sleep 0.1
done
"#;

/// A folder, and at most one process working in it. Dropping it kills the process with all its children, removes the
/// folder, and waits for both.
#[derive(Debug)]
pub(crate) struct Supervisor {
    folder: PathBuf,
    watcher: Child,
    process: Option<Child>,
}

impl Supervisor {
    /// Takes over a folder: nobody else may remove it.
    pub(crate) fn new(folder: PathBuf) -> anyhow::Result<Self> {
        let watcher = Command::new("/bin/sh")
            .args(["-c", WATCHER])
            .arg(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0)
            .spawn()
            .context("could not start /bin/sh, which watches over the engine")?;
        Ok(Self { folder, watcher, process: None })
    }

    /// The folder.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Starts a process; one that is there already has ended.
    pub(crate) fn start(&mut self, command: &mut Command) -> anyhow::Result<()> {
        let process = command
            .stdin(Stdio::null())
            .process_group(0)
            .spawn()
            .with_context(|| format!("could not run {}", command.get_program().display()))?;
        let group = process.id().to_string();
        self.process = Some(process);
        self.tell(&group)
    }

    /// Waits for the process to end by itself.
    pub(crate) fn wait(&mut self) -> anyhow::Result<ExitStatus> {
        let process = self.process.as_mut().context("no process was started")?;
        let status = process.wait()?;
        self.forget()?;
        Ok(status)
    }

    /// Whether the process has ended by itself.
    pub(crate) fn exited(&mut self) -> anyhow::Result<bool> {
        let Some(process) = &mut self.process else { return Ok(true) };
        let ended = process.try_wait()?.is_some();
        if ended {
            self.forget()?;
        }
        Ok(ended)
    }

    /// Kills the process, as `kill -9` does, and waits until it is gone. The folder stays.
    pub(crate) fn kill(&mut self) -> anyhow::Result<()> {
        let Some(process) = &mut self.process else { return Ok(()) };
        process.kill()?;
        process.wait()?;
        self.forget()
    }

    /// Its number may belong to somebody else from now on.
    fn forget(&mut self) -> anyhow::Result<()> {
        self.process = None;
        self.tell("")
    }

    fn tell(&mut self, group: &str) -> anyhow::Result<()> {
        let pipe = self.watcher.stdin.as_mut().context("the watcher has no pipe")?;
        writeln!(pipe, "{group}").context("the shell that watches over the engine is gone")
    }
}

impl Drop for Supervisor {
    fn drop(&mut self) {
        drop(self.watcher.stdin.take());
        // Nothing to be done about a failure here; the folder is in the system's temporary folder.
        let _ = self.watcher.wait();
        if let Some(mut process) = self.process.take() {
            // In case the watcher is gone; without effect on a process that has ended.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}
